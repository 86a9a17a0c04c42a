import datetime

import factory
from django.utils import timezone

from common.publishing import READABLE, State
from projects.enums import Kind, LessonKind, Phase
from projects.indexing import index_projects
from projects.models import Lesson, Link, Milestone, Partner, Project, ProjectText, Result, Site
from projects.parts import write_tags
from taxonomy.models import Goal, Municipality, Theme
from tests.factories.organisations import OrganisationFactory
from tests.factories.taxonomy import MunicipalityFactory

#: A project that is on its way to its readers says everything it has to (projects/completeness.py); `themes=[]` leaves a gap.
UNREAD = (State.DRAFT, State.RETURNED)


class ProjectTextFactory(factory.django.DjangoModelFactory):
    """One language of a project. The project it makes for itself has no other text."""

    class Meta:
        model = ProjectText

    project = factory.SubFactory("tests.factories.projects.ProjectFactory", text=False)
    language = "en"
    is_original = True
    title = factory.Sequence("Lamps that dim {}".format)
    summary = "Lamps dim when nobody is near."
    story = "Two paths got new lamps."


class ProjectFactory(factory.django.DjangoModelFactory):
    """A published project with an English original, indexed for filters and search.

    `text__title="…"` and the like change the original; `text=False` leaves it out. `themes=[…]`, `goals=[…]`, `tags=["…"]`
    and `municipalities=[…]` hang on; `state="draft"` and `visibility="members"` are plain fields.
    """

    class Meta:
        model = Project
        skip_postgeneration_save = True

    organisation = factory.SubFactory(OrganisationFactory)
    slug = factory.Sequence("project-under-test-{}".format)
    kind = Kind.DEMONSTRATION
    phase = Phase.DEMONSTRATION
    start_date = datetime.date(2024, 1, 1)
    end_date = datetime.date(2026, 6, 30)
    state = State.PUBLISHED
    published_at = factory.LazyAttribute(lambda project: timezone.now() if project.state in READABLE else None)

    @factory.post_generation
    def text(self, create, wanted, **fields):
        if wanted is not False:
            ProjectTextFactory(project=self, **fields)

    @factory.post_generation
    def themes(self, create, wanted, **_kwargs):
        if wanted is None and self.state in UNREAD:
            wanted = Theme.objects.filter(slug="energy")
        self.themes.set(wanted or ())

    @factory.post_generation
    def goals(self, create, wanted, **_kwargs):
        self.goals.set(wanted or ())

    @factory.post_generation
    def tags(self, create, wanted, **_kwargs):
        self.tags.set(wanted or ())

    @factory.post_generation
    def municipalities(self, create, wanted, **_kwargs):
        if wanted is None and self.state in UNREAD:
            wanted = Municipality.objects.in_portal()[:1]
        for position, municipality in enumerate(wanted or ()):
            Site.objects.create(project=self, municipality=municipality, position=position)

    @factory.post_generation
    def indexed(self, create, wanted, **_kwargs):
        if wanted is not False:
            index_projects([self.pk])


class _PartFactory(factory.django.DjangoModelFactory):
    class Meta:
        abstract = True

    project = factory.SubFactory(ProjectFactory)


class SiteFactory(_PartFactory):
    class Meta:
        model = Site

    municipality = factory.SubFactory(MunicipalityFactory)


class PartnerFactory(_PartFactory):
    class Meta:
        model = Partner

    organisation = factory.SubFactory(OrganisationFactory)


class ResultFactory(_PartFactory):
    class Meta:
        model = Result

    indicator = factory.Sequence("Energy use {}".format)
    unit = "MWh a year"
    baseline = 86.4
    target = 60
    actual = 53.1
    method = "Meter in each cabinet"
    period = "2022–2024"


class LessonFactory(_PartFactory):
    class Meta:
        model = Lesson

    kind = LessonKind.WORKED
    title = factory.Sequence("Comparing two halves of path {}".format)


class MilestoneFactory(_PartFactory):
    class Meta:
        model = Milestone

    date = datetime.date(2025, 4, 1)
    title = factory.Sequence("Winter {} measured".format)


class LinkFactory(_PartFactory):
    class Meta:
        model = Link

    url = factory.Sequence("https://example.org/{}".format)


def full_project(**fields):
    """A project with something of everything, in English and Danish."""
    theme, goal = Theme.objects.get(slug="water"), Goal.objects.order_by("number").first()
    values = {"themes": [theme], "goals": [goal], "municipalities": Municipality.objects.in_portal()[:2], "budget": "1250000.50",
              "currency": "DKK", "programme": "Horizon", "contact_name": "Ann", "contact_email": "ann@example.org"}  # fmt: skip
    project = ProjectFactory(**{**values, **fields})
    ProjectTextFactory(project=project, language="da", is_original=False, title="Lamper", summary="Kort", story="Langt")
    place = {"label": "The path", "latitude": 55.66, "longitude": 12.34, "position": 7}
    SiteFactory(project=project, municipality=Municipality.objects.in_portal()[0], **place)
    PartnerFactory(project=project)
    Partner.objects.create(project=project, name="Somebody", role="supplier", position=2)
    ResultFactory(project=project, baseline="1234.5", target="-0.125", actual=None)
    LessonFactory(project=project, text="One\n\nTwo")
    MilestoneFactory(project=project)
    LinkFactory(project=project, label="Report")
    write_tags(project, ["rain", "LED"])
    index_projects([project.pk])
    project.refresh_from_db()
    return project
