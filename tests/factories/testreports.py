from datetime import timedelta

import factory
from django.utils import timezone

from testreports.enums import State
from testreports.indexing import index_reports
from testreports.models import DataLink, Measured, TestReport, TestReportText
from testrequests.enums import Side
from tests.factories.testrequests import ApplicationFactory

HOUR = timedelta(hours=1)


class TestReportFactory(factory.django.DjangoModelFactory):
    """A published report that everybody sees: `TestReportFactory(asking=organisation, at=lab, side="lab", text__title="…")`.

    `embargo_until=day` keeps it from others until then, as the verb does.
    """

    __test__ = False  # no test of pytest's

    class Meta:
        model = TestReport
        skip_postgeneration_save = True

    class Params:
        asking = None
        at = None

    application = factory.LazyAttribute(
        lambda one: ApplicationFactory(
            state="reporting", **({"asking": one.asking} if one.asking else {}), **({"lab": one.at} if one.at else {})
        )
    )
    lab = factory.SelfAttribute("application.lab")
    organisation = factory.SelfAttribute("application.organisation")
    slug = factory.Sequence("report-under-test-{}".format)
    side = Side.COMPANY
    state = State.PUBLISHED
    state_changed_at = factory.LazyFunction(timezone.now)
    goes_on = factory.LazyAttribute(lambda one: "yes" if one.state == State.PUBLISHED or one.side == Side.LAB else "")
    submitted_at = factory.LazyAttribute(lambda one: None if one.state == State.DRAFT else timezone.now() - HOUR)
    published_at = factory.LazyAttribute(lambda one: timezone.now() - HOUR if one.state in (State.PUBLISHED, State.HIDDEN) else None)
    released_at = factory.LazyAttribute(lambda one: _released_at(one))
    told_at = factory.LazyAttribute(lambda one: one.released_at if one.released_at and one.released_at <= timezone.now() else None)

    @factory.post_generation
    def text(self, create, wanted, **fields):
        words = {
            "language": "en", "is_original": True, "title": f"Radar or infrared, no. {self.pk}", "summary": "Both count; one sees snow.",
            "done": "Two counters on one pole for a month.", "worked": "Radar counted in the dark.",
            "failed": "Infrared went blind in snow.",
        }  # fmt: skip
        TestReportText.objects.create(report=self, **{**words, **fields})
        index_reports([self.pk])

    @factory.post_generation
    def results(self, create, wanted, **_kwargs):
        for position, row in enumerate(wanted or []):
            Measured.objects.create(report=self, position=position, **row)

    @factory.post_generation
    def links(self, create, wanted, **_kwargs):
        for position, (url, label) in enumerate(wanted or []):
            DataLink.objects.create(report=self, position=position, url=url, label=label)


def _released_at(one):
    if one.published_at is None:
        return None
    day = getattr(one, "embargo_until", None)
    if day is None:
        return one.published_at
    return timezone.now() + (day - timezone.localdate())
