"""The hand-written projects, brought in by the verbs of a project."""

import re
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import override

from common.formats import date_range
from common.search import fold
from portal.demo import SOURCE
from portal.demo.content import read, read_all, tidy
from projects.actions import create_project, publish
from projects.models import Project
from taxonomy.models import Goal, Municipality, Theme

_MONTHS = re.compile(r"(\d{4})-(\d{2})(?:/(\d{4})-(\d{2}))?")
_SPAN = re.compile(r"(?<=\d)-(?=\d)")
_RESULT = ("indicator", "unit", "baseline", "target", "actual", "method", "period")
_LESSON = ("kind", "title", "text")


def project_rows():
    """The tables of all hand-written projects."""
    return read_all("projects", "project")


def seed_projects(organisations, members, tally, *, now, limit=None):
    """Make and publish what is missing of the first `limit` projects; returns `{key: Project}`."""
    known = {
        "organisations": organisations,
        "themes": {theme.slug: theme for theme in Theme.objects.all()},
        "goals": {goal.number: goal for goal in Goal.objects.all()},
        "places": {place.code: place for place in Municipality.objects.order_by("in_portal")},  # two countries use the same codes
    }
    present = {one.source_key: one for one in Project._base_manager.filter(source=SOURCE)}
    found = {}
    for row in project_rows()[:limit]:
        key = row["key"]
        tally.note("projects", made=key not in present)
        found[key] = present.get(key) or _make(row, known, members, now)
    return found


def _make(row, known, members, now):
    by, name, email = _contact(row["contact"], members)
    published = now - timedelta(days=row["published"])
    with transaction.atomic():
        project = create_project(
            known["organisations"][row["lead"]],
            by=by,
            now=published,
            texts=texts_of(row),
            contact_name=name,
            contact_email=email,
            is_demo=True,
            source=SOURCE,
            source_key=row["key"],
            **_facts(row, known),
            **_parts(row, known),
        )
        return publish(project, by=by, now=published, silent=True)


def _contact(contact, members):
    """(member or None, name, address): the key of a demo member, or the name of somebody without an account."""
    if isinstance(contact, str):
        user = members[contact]
        return user, user.name, user.email
    name = contact[0]
    return None, name, f"{slugify(fold(name)).replace('-', '.')}@example.org"


def texts_of(row):
    """Rows of `ProjectText`: the original first; each story ends with the line that says it is invented."""
    notice = read("notice.toml")
    languages = sorted(row["text"], key=lambda language: language != row["original"])
    return [
        {"language": language, "is_original": language == row["original"],
         "title": tidy(row["text"][language]["title"], language), "summary": tidy(row["text"][language]["summary"], language),
         "story": f"{tidy(row['text'][language]['story'], language)}\n\n{notice[language]}"}
        for language in languages
    ]  # fmt: skip


def _facts(row, known):
    return {
        "kind": row["kind"], "phase": row["phase"], "stopped_reason": row.get("stopped_reason", ""),
        "start_date": row["start"], "end_date": row["end"], "budget": Decimal(row["budget"]), "currency": row["currency"],
        "programme": row["programme"], "tags": row["tags"],
        "themes": [known["themes"][slug] for slug in row["themes"]], "goals": [known["goals"][number] for number in row["sdgs"]],
    }  # fmt: skip


def _parts(row, known):
    language = row["original"]
    return {
        "sites": [
            {"municipality": known["places"][code], "label": label, "latitude": latitude, "longitude": longitude}
            for code, label, latitude, longitude in row["sites"]
        ],
        "partners": [{"organisation": known["organisations"][row["lead"]], "role": "lead"}, *_partners(row, known)],
        "results": [_result(values, language) for values in row["results"]],
        "lessons": [{name: tidy(value, language) for name, value in zip(_LESSON, values, strict=True)} for values in row["lessons"]],
        "milestones": [{"date": day, "title": title} for day, title in row["milestones"]],
        "links": [{"label": label, "url": url} for label, url in row["links"]],
    }


def _partners(row, known):
    for name, role in row["partners"]:
        organisation = known["organisations"].get(name)
        yield {"organisation": organisation, "role": role} if organisation else {"name": name, "role": role}


def _result(values, language):
    result = dict(zip(_RESULT, values, strict=True))
    for name in ("baseline", "target", "actual"):
        result[name] = None if result[name] == "" else Decimal(str(result[name]))
    for name in ("indicator", "unit", "method"):
        result[name] = tidy(result[name], language)
    return result | {"period": period(result["period"], language)}


def period(text, language):
    """`2023-10/2024-09` as months in words; other periods with a dash between their years."""
    months = _MONTHS.fullmatch(text)
    if not months:
        return _SPAN.sub("–", text)
    numbers = [int(part) for part in months.groups() if part]
    days = [date(year, month, 1) for year, month in zip(numbers[::2], numbers[1::2], strict=True)]
    with override(language):
        return date_range(days[0], days[-1])
