import factory
from django.utils import timezone

from organisations.enums import OrganisationType, Role
from organisations.models import Domain, Membership, Organisation, OrganisationText
from tests.factories.members import UserFactory


class OrganisationFactory(factory.django.DjangoModelFactory):
    """A verified Danish municipality without texts."""

    class Meta:
        model = Organisation

    name = factory.Sequence("Testby {} Kommune".format)
    slug = factory.Sequence("testby-{}-kommune".format)
    type = OrganisationType.MUNICIPALITY
    country = "DK"
    verified_at = factory.LazyFunction(timezone.now)


class OrganisationTextFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OrganisationText

    organisation = factory.SubFactory(OrganisationFactory)
    language = "en"
    is_original = True
    description = "A town that tries things."


class DomainFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Domain

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence("testby{}.example".format)


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = Role.MEMBER
