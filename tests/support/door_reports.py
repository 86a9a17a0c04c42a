"""Which door of a test report answers whom: read by tests/test_doors.py beside the table of the rest.

Own: published, written by the cast's organisation, which tested elsewhere. Other: published, between two others. Private: a draft of
two others. Verbs that do not lead on from *published* are refused with a message, which is a way back to the report.
"""

from django.core.files.base import ContentFile

from records.actions import add_attachment
from tests.factories import LivingLabFactory, OrganisationFactory, TestReportFactory
from tests.support.door_table import REFUSED, STAFF, STAFF_DONE, UNSEEN, WRITER, noun, page, verb


def report_of(world, target):
    found = world.__dict__.setdefault("test_reports", {})
    if target not in found:
        lab = LivingLabFactory(organisation=OrganisationFactory(), slug=f"{target}-reporting-lab")
        company = world.organisations["own"] if target == "own" else world.organisations["other"]
        state = "draft" if target == "private" else "published"
        found[target] = TestReportFactory(asking=company, at=lab, slug=f"{target}-report", state=state)
    return found[target]


def _report(world, target):
    return {"slug": report_of(world, target).slug}


def _file(world, target):
    file = add_attachment(report_of(world, target), ContentFile(b"a;b\n", name="counts.csv"), by=None)
    return _report(world, target) | {"uuid": file.uuid}


REPORT = "en/test-reports/<slug:slug>/"
REPORT_MAKERS = {
    "en/test-reports/start/<int:application>/": lambda world, target: {"application": report_of(world, target).application_id},
    REPORT: _report,
    f"{REPORT}files/<uuid:uuid>/": _file,
}
ANSWERING = ("in 403 403 200 200 403 403", REFUSED, UNSEEN)
REPORT_DOORS = {
    "en/test-reports/": page("200"),
    "en/test-reports/feed/": page("200"),
    "en/test-reports/export.csv": page("200"),
    "en/test-reports/start/<int:application>/": verb("in 404 302 302 302 404 403", UNSEEN, UNSEEN),
    REPORT: noun(("200", "200", "404")),
    f"{REPORT}edit/": noun((WRITER, REFUSED, UNSEEN), (WRITER, REFUSED, UNSEEN)),
    f"{REPORT}history/": noun(("in 403 403 200 200 200 403", STAFF, UNSEEN)),
    **{
        f"{REPORT}{word}/": verb(WRITER)
        for word in ("files", "files/<uuid:uuid>/remove", "submit", "take-back", "reopen", "delete", "make-project", "test-again")
    },
    **{f"{REPORT}{word}/": verb(REFUSED) for word in ("return", "publish")},
    f"{REPORT}hide/": verb(STAFF_DONE, STAFF_DONE, UNSEEN),
    "en/living-labs/<slug:slug>/numbers/": noun(ANSWERING),
    "en/living-labs/<slug:slug>/numbers.csv": noun(ANSWERING),
}
