"""Where a report leads: a project that goes on with what was tested."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from common.errors import WrongState
from projects.actions import create_project
from projects.enums import Kind, LessonKind, PartnerRole, Phase
from projects.models import STORY_LIMIT, Project
from records.actions import audit
from testreports.actions.locking import locked
from testreports.enums import State
from testrequests.enums import Side
from testrequests.rules import sides_of

LESSON = 4_000
RESULT = ("indicator", "unit", "baseline", "target", "actual", "method", "period")


def make_project(report, *, by, site_url):
    """A draft of a project of the side `by` acts for, with what the report says filled in; the draft that was made before, if there is one.

    `site_url` stands before the report's address in the project's links. Raises `WrongState`.
    """
    with transaction.atomic():
        row = locked(report, (State.PUBLISHED,), _("A project is made of a report both sides have agreed to; this one is now “%(state)s”."))
        sides = sides_of(by, row.application)
        if not sides:
            raise WrongState(_("You do not act for a side of this test."), code="not_yours")
        if row.grown_into_id:
            return _made_before(row, by)
        host = row.lab.organisation
        organisation = row.organisation if Side.COMPANY in sides and row.organisation_id in by.organisation_roles else host
        if organisation.pk not in by.organisation_roles:
            raise WrongState(_("Only members of one of the two organisations can make a project of it."), code="not_yours")
        row.grown_into = create_project(organisation, by=by, **_said(row, organisation, site_url))
        row.save(update_fields=["grown_into"])
        audit("make_project", row, by=by, changes={"project": row.grown_into.slug})
    report.grown_into = row.grown_into
    return row.grown_into


def _made_before(row, by):
    found = Project.objects.visible_to(by).filter(pk=row.grown_into_id).first()
    if found is None:
        raise WrongState(_("The other side has made a project of it already; you read it once it is published."), code="made")
    return found


def _said(report, organisation, site_url):
    """The arguments of a new project."""
    text = next(text for text in report.texts.all() if text.is_original)
    roles = {report.organisation_id: PartnerRole.SUPPLIER, report.lab.organisation_id: PartnerRole.TEST_SITE}
    others = [one for one in (report.organisation, report.lab.organisation) if one.pk != organisation.pk]
    with override(text.language):
        words = [(_("What was done"), text.done), (_("What worked"), text.worked), (_("What did not work"), text.failed)]
        story = "\n\n".join(f"## {title}\n\n{part}" for title, part in words if part)[:STORY_LIMIT]
        lessons = [
            {"kind": kind, "title": title, "text": part[:LESSON]}
            for kind, title, part in (
                (LessonKind.WORKED, _("What worked in the test"), text.worked),
                (LessonKind.FAILED, _("What did not work in the test"), text.failed),
            )
            if part
        ]
    return {
        "kind": Kind.PILOT, "phase": Phase.IDEA, "is_demo": report.is_demo,
        "texts": [{"language": text.language, "is_original": True, "title": text.title, "summary": text.summary, "story": story}],
        "themes": list(report.lab.themes.all()), "lessons": lessons,
        "results": [{name: getattr(one, name) for name in RESULT} for one in report.results.all()],
        "partners": [{"organisation": one, "role": roles[one.pk]} for one in others],
        "sites": [{"municipality": report.lab.municipality}] if report.lab.municipality else [],
        "links": [{"url": f"{site_url}{report.get_absolute_url()}", "label": str(report)[:160]}],
    }  # fmt: skip
