import factory

from notifications.actions import reader_of
from notifications.enums import PRIORITY, MailList
from notifications.models import Delivery, Notification, OutboxEntry
from tests.factories.members import UserFactory
from tests.factories.projects import ProjectFactory


class OutboxEntryFactory(factory.django.DjangoModelFactory):
    """A project returned by somebody, told to nobody yet."""

    class Meta:
        model = OutboxEntry

    kind = "project.returned"
    target = factory.SubFactory(ProjectFactory)
    by = factory.SubFactory(UserFactory)
    context = factory.LazyAttribute(lambda entry: {"title": str(entry.target)})
    url = factory.LazyAttribute(lambda entry: f"/projects/{entry.target.slug}/")


class NotificationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Notification

    user = factory.SubFactory(UserFactory)
    entry = factory.SubFactory(OutboxEntryFactory)
    reason = "author"


class DeliveryFactory(factory.django.DjangoModelFactory):
    """A notice of an entry, planned for a member."""

    class Meta:
        model = Delivery

    user = factory.SubFactory(UserFactory)
    entry = factory.SubFactory(OutboxEntryFactory)
    reader = factory.LazyAttribute(lambda delivery: reader_of(delivery.user, delivery.address))
    address = ""
    list = MailList.AT_ONCE
    period = factory.Sequence("entry:{}".format)
    template = "notice"
    reason = "author"
    stop = "project.returned"
    priority = factory.LazyAttribute(lambda delivery: PRIORITY[delivery.list])
