import uuid

import factory
from django.utils import timezone

from common.publishing import State
from tests.factories.members import UserFactory
from tests.factories.organisations import OrganisationFactory
from workinggroups.enums import GroupRole, ResourceKind
from workinggroups.models import GroupMembership, GroupText, Resource, WorkingGroup


class GroupTextFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = GroupText

    group = None
    language = "en"
    is_original = True
    name = factory.Sequence("Lamps that sleep {}".format)
    purpose = "Light where it is needed, dark where it can be."
    why = "Each town measures in its own way, and nobody can compare."


class WorkingGroupFactory(factory.django.DjangoModelFactory):
    """A published group that everybody sees and may join, without members: `WorkingGroupFactory(text__name="…")`."""

    class Meta:
        model = WorkingGroup
        skip_postgeneration_save = True

    organisation = factory.SubFactory(OrganisationFactory)
    slug = factory.Sequence("lamps-that-sleep-{}".format)
    state = State.PUBLISHED
    published_at = factory.LazyFunction(timezone.now)
    state_changed_at = factory.LazyFunction(timezone.now)
    text = factory.RelatedFactory(GroupTextFactory, factory_related_name="group")

    @factory.post_generation
    def themes(self, create, themes):
        self.themes.add(*(themes or []))

    @factory.post_generation
    def tags(self, create, tags):
        self.tags.add(*(tags or []))


class GroupMembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = GroupMembership

    group = factory.SubFactory(WorkingGroupFactory)
    user = factory.SubFactory(UserFactory)
    role = GroupRole.MEMBER


class ResourceFactory(factory.django.DjangoModelFactory):
    """A link that the members of its group read; files are added by the verb."""

    class Meta:
        model = Resource

    group = factory.SubFactory(WorkingGroupFactory)
    key = factory.LazyFunction(uuid.uuid4)
    kind = ResourceKind.LINK
    url = "https://example.org/measurements"
    title = factory.Sequence("Measurements {}".format)
    language = "en"
