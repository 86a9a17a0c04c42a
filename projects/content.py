"""What a project says, as plain data under flat names: what versions keep, what two editors' forms are compared by, what is restored.

`title`, `summary`, `story` and `language` are those of the original; every translation is one value, `texts.<code>`. Its organisation
stands there too, but is neither compared nor restored. Files are no part of it: they come and go one by one, and the audit trail has each.
"""

import hashlib
import json
from datetime import date
from decimal import Decimal

from organisations.models import Organisation
from taxonomy.models import Goal, Municipality, Theme

PLAIN = ("kind", "phase", "stopped_reason", "programme", "contact_name", "contact_email", "currency", "visibility")
DATES = ("start_date", "end_date")
TEXT = ("title", "summary", "story")
TRANSLATION = "texts."
NUMBERS = ("baseline", "target", "actual")
RESULT = ("indicator", "unit", *NUMBERS, "method", "period")
#: In the order in which versions and two editors' forms are compared.
NAMES = (
    "language", "title", "summary", "kind", "themes", "goals", "tags", "sites", "phase", "stopped_reason", "start_date", "end_date",
    "partners", "budget", "currency", "programme", "contact_name", "contact_email", "story", "results", "lessons", "milestones",
    "links", "visibility",
)  # fmt: skip


def read_content(project):
    """Everything a saved project says now; a fixed number of queries, none of them answered from memory."""
    texts = list(project.texts.order_by("language"))
    original = next((text for text in texts if text.is_original), texts[0] if texts else None)
    said = {name: getattr(project, name) for name in PLAIN}
    said |= {name: _day(getattr(project, name)) for name in DATES}
    said["organisation"] = project.organisation_id
    said |= {"budget": f"{project.budget:.2f}" if project.budget is not None else "", "language": original.language if original else ""}
    said |= {name: getattr(original, name) if original else "" for name in TEXT}
    said |= {f"{TRANSLATION}{text.language}": _text(text) for text in texts if text is not original}
    said["themes"] = list(project.themes.order_by("position", "slug").values_list("slug", flat=True))
    said["goals"] = list(project.goals.order_by("number").values_list("number", flat=True))
    said["tags"] = sorted(tag.name for tag in project.tags.all())
    return said | _read_rows(project)


def _read_rows(project):
    sites = project.sites.values_list("municipality__slug", "label", "latitude", "longitude")
    partners = project.partners.values_list("organisation_id", "organisation__name", "name", "role")
    milestones = project.milestones.order_by("date", "pk").values_list("date", "title", "text")
    return {
        "sites": [dict(zip(("municipality", "label", "latitude", "longitude"), (row[0] or "", *row[1:]), strict=True)) for row in sites],
        "partners": [{"organisation": pk, "name": known or name, "role": role} for pk, known, name, role in partners],
        "results": [_result(row) for row in project.results.values(*RESULT)],
        "lessons": list(project.lessons.values("kind", "title", "text")),
        "milestones": [{"date": _day(day), "title": title, "text": words} for day, title, words in milestones],
        "links": list(project.links.values("url", "label")),
    }


def _day(value):
    return value.isoformat() if value else ""


def _text(text):
    return {name: getattr(text, name) for name in TEXT}


def _result(row):
    return row | {name: plain_number(row[name]) for name in NUMBERS}


def plain_number(value):
    """A decimal as it stands in content: no zeros behind, "" for none."""
    return format(Decimal(value).normalize(), "f") if value not in (None, "") else ""


def digest(value):
    """A short mark of one value, by which a form knows whether somebody else has changed it."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]


def names_in(*contents):
    """The names of these contents in the order of comparison, translations after the story."""
    translations = sorted({name for content in contents for name in content if name.startswith(TRANSLATION)})
    place = NAMES.index("story") + 1
    return [*NAMES[:place], *translations, *NAMES[place:]]


def changed_names(one, other):
    return [name for name in names_in(one, other) if one.get(name) != other.get(name)]


# ---- back into the arguments of the verbs


def as_data(content, changes):
    """Arguments of `create_project` and `update_project` that turn `content` into itself with `changes`.

    A translation that changes to None goes. What is gone meanwhile (a theme, a municipality) is left out; an organisation that is
    gone stays as a name.
    """
    data = {name: changes[name] for name in PLAIN if name in changes}
    data |= {name: date.fromisoformat(changes[name]) if changes[name] else None for name in DATES if name in changes}
    if "organisation" in changes:
        data["organisation"] = Organisation.objects.get(pk=changes["organisation"])
    if "budget" in changes:
        data["budget"] = Decimal(changes["budget"]) if changes["budget"] else None
    if any(name in changes for name in ("language", *TEXT)) or any(name.startswith(TRANSLATION) for name in changes):
        data["texts"] = _texts({**content, **changes})
    if "themes" in changes:
        data["themes"] = list(Theme.objects.filter(slug__in=changes["themes"]))
    if "goals" in changes:
        data["goals"] = list(Goal.objects.filter(number__in=changes["goals"]))
    if "tags" in changes:
        data["tags"] = changes["tags"]
    makers = {"sites": _sites, "partners": _partners, "results": _results, "lessons": list, "milestones": _milestones, "links": list}
    return data | {name: make(changes[name]) for name, make in makers.items() if name in changes}


def _texts(content):
    language = content["language"]
    original = {name: content.get(name, "") for name in TEXT}
    translations = {name.removeprefix(TRANSLATION): text for name, text in content.items() if name.startswith(TRANSLATION) and text}
    translations.pop(language, None)
    rows = [{"language": language, "is_original": True, **original}]
    return rows + [{"language": code, "is_original": False, **text} for code, text in translations.items()]


def _sites(rows):
    known = {place.slug: place for place in Municipality.objects.filter(slug__in=[row["municipality"] for row in rows])}
    sites = [row | {"municipality": known.get(row["municipality"])} for row in rows]
    return [row for row in sites if row["municipality"] or row["label"] or row["latitude"] is not None]


def _partners(rows):
    known = set(Organisation.objects.filter(pk__in=[row["organisation"] for row in rows]).values_list("pk", flat=True))
    return [
        {"organisation_id": row["organisation"], "name": "", "role": row["role"]}
        if row["organisation"] in known
        else {"name": row["name"], "role": row["role"]}
        for row in rows
    ]


def _results(rows):
    return [row | {name: Decimal(row[name]) if row[name] else None for name in NUMBERS} for row in rows]


def _milestones(rows):
    return [row | {"date": date.fromisoformat(row["date"])} for row in rows]
