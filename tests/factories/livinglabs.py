import factory
from django.utils import timezone

from common.publishing import READABLE, State
from livinglabs.enums import OfferKind, PriceModel
from livinglabs.indexing import index_labs
from livinglabs.models import Equipment, Infrastructure, LabPartner, LabSite, LabText, LivingLab, Offer, OfferText, TeamMember
from taxonomy.models import Municipality, Theme
from taxonomy.tags import clean_tags, tags_named
from tests.factories.organisations import OrganisationFactory
from tests.factories.taxonomy import MunicipalityFactory

#: A lab on its way to its readers says everything it has to (livinglabs/completeness.py); `themes=[]` leaves a gap.
UNREAD = (State.DRAFT, State.RETURNED)


class InfrastructureFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Infrastructure
        django_get_or_create = ("slug",)

    slug = "fibre"
    names = factory.LazyAttribute(lambda one: {"en": one.slug.capitalize(), "da": f"{one.slug} da", "sv": f"{one.slug} sv"})


class LabTextFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LabText

    lab = factory.SubFactory("tests.factories.livinglabs.LivingLabFactory", text=False)
    language = "en"
    is_original = True
    name = factory.Sequence("Street lab {}".format)
    summary = "A street where products meet weather and traffic."


class LivingLabFactory(factory.django.DjangoModelFactory):
    """A published lab that everybody sees, indexed for filters and search: `LivingLabFactory(text__name="…", themes=[…],
    municipalities=[…], infrastructure=[…], tags=["…"], offers=2)`."""

    class Meta:
        model = LivingLab
        skip_postgeneration_save = True

    organisation = factory.SubFactory(OrganisationFactory)
    slug = factory.Sequence("lab-under-test-{}".format)
    state = State.PUBLISHED
    published_at = factory.LazyAttribute(lambda lab: timezone.now() if lab.state in READABLE else None)
    state_changed_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def text(self, create, wanted, **fields):
        if wanted is not False:
            LabTextFactory(lab=self, **fields)

    @factory.post_generation
    def themes(self, create, wanted, **_kwargs):
        if wanted is None and self.state in UNREAD:
            wanted = [Theme.objects.get_or_create(slug="mobility", defaults={"names": {"en": "Mobility"}})[0]]
        self.themes.add(*(wanted or []))

    @factory.post_generation
    def municipalities(self, create, wanted, **_kwargs):
        if wanted is None and self.state in UNREAD:
            wanted = [Municipality.objects.first() or MunicipalityFactory()]
        for place, one in enumerate(wanted or []):
            LabSite.objects.create(lab=self, municipality=one, position=place)

    @factory.post_generation
    def infrastructure(self, create, wanted, **_kwargs):
        for one in wanted or []:
            Equipment.objects.create(lab=self, infrastructure=one)

    @factory.post_generation
    def tags(self, create, wanted, **_kwargs):
        self.tags.set(tags_named(clean_tags(wanted or [])).values())

    @factory.post_generation
    def offers(self, create, wanted, **fields):
        for _number in range(wanted or 0):
            OfferFactory(lab=self, **fields)

    @factory.post_generation
    def indexed(self, create, _wanted, **_kwargs):
        index_labs([self.pk])


class LabPartnerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LabPartner

    lab = factory.SubFactory(LivingLabFactory)
    organisation = factory.SubFactory(OrganisationFactory)


class TeamMemberFactory(factory.django.DjangoModelFactory):
    """Somebody who answers for the lab."""

    class Meta:
        model = TeamMember

    lab = factory.SubFactory(LivingLabFactory)
    user = factory.SubFactory("tests.factories.members.UserFactory")
    answers = True


class OfferFactory(factory.django.DjangoModelFactory):
    """A published offer that everybody may ask for: `OfferFactory(lab=lab, text__title="…", capacity=3)`."""

    class Meta:
        model = Offer
        skip_postgeneration_save = True

    lab = factory.SubFactory(LivingLabFactory)
    slug = factory.Sequence("offer-under-test-{}".format)
    kind = OfferKind.SITE
    price_model = PriceModel.FREE
    state = State.PUBLISHED
    published_at = factory.LazyAttribute(lambda offer: timezone.now() if offer.state in READABLE else None)
    state_changed_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def text(self, create, wanted, **fields):
        words = {"language": "en", "is_original": True, "title": f"Pole position {self.pk}", "summary": "A pole with power."}
        OfferText.objects.create(offer=self, **{**words, **fields})

    @factory.post_generation
    def themes(self, create, wanted, **_kwargs):
        self.themes.add(*(wanted or []))
        index_labs([self.lab_id])
