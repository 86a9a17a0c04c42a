"""What stands in whose digest: sections, reasons, what is known already, and rights at the moment of sending (TC-07, TC-08)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from common.mail import build
from conversations.models import ReadMarker
from digests.composing import compose_chunk
from digests.planning import plan
from notifications.actions import follow
from notifications.models import Delivery, Notification, OutboxEntry, Run
from taxonomy.models import Theme
from tests.factories import (
    EventFactory,
    GroupMembershipFactory,
    NotificationFactory,
    OutboxEntryFactory,
    ProjectFactory,
    SubscriptionFactory,
    WorkingGroupFactory,
)

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 6, 4, tzinfo=UTC)
BEFORE = MONDAY - timedelta(days=2)


@pytest.fixture
def energy():
    return Theme.objects.get(slug="energy")


@pytest.fixture
def reader(energy):
    """A member who follows energy, since the first of November."""
    user = SubscriptionFactory(started_at="2026-11-01T00:00Z", user__language="en").user
    follow(user, energy)
    return user


def project(energy, **more):
    made = ProjectFactory(**{"published_at": BEFORE, **more})
    made.themes.add(energy)
    return made


def written(now=MONDAY):
    """The deliveries of one tick with their mails."""
    plan(now)
    deliveries = list(Delivery.objects.select_related("user").order_by("pk"))
    compose_chunk(deliveries, now)
    return deliveries


def told(delivery):
    """{section: titles} of a mail."""
    return {section["key"]: [row["text"].split("\n")[0][2:] for row in section["rows"]] for section in delivery.mail.context["sections"]}


def test_a_new_project_on_a_followed_theme_with_its_reason(reader, energy):
    made = project(energy)
    (delivery,) = written()
    assert told(delivery) == {"projects": [str(made)]}
    assert "Because you follow Energy" in delivery.mail.context["sections"][0]["rows"][0]["text"]


def test_what_somebody_follows_is_not_named_once_it_is_hidden(reader, energy):
    group = WorkingGroupFactory(text__name="Not yours any more")
    follow(reader, group)
    EventFactory(group=group, organisation=None, published_at=BEFORE, starts_at=MONDAY + timedelta(days=9))
    assert "Not yours any more" in str(written()[0].mail.context)
    Delivery.objects.all().delete()
    Run.objects.all().delete()
    group.state = "hidden"
    group.save()
    assert "Not yours any more" not in str(written()[0].mail.context)


def test_nothing_new_is_no_mail(reader, energy):
    project(energy, published_at=datetime(2026, 10, 30, tzinfo=UTC))
    ProjectFactory(published_at=BEFORE)
    (delivery,) = written()
    assert (delivery.mail, getattr(delivery, "not_for", "")) == (None, "")


def test_fewer_news_than_the_reader_wants_is_no_mail(reader, energy):
    project(energy)
    reader.digest.minimum = 2
    reader.digest.save()
    (delivery,) = written()
    assert delivery.mail is None


def test_a_section_the_reader_does_not_want(reader, energy):
    project(energy)
    reader.digest.without = ["projects"]
    reader.digest.save()
    (delivery,) = written()
    assert delivery.mail is None


def test_a_digest_that_was_stopped_while_it_waited(reader, energy):
    project(energy)
    plan(MONDAY)
    reader.digest.frequency = "off"
    reader.digest.save()
    (delivery,) = Delivery.objects.select_related("user")
    compose_chunk([delivery], MONDAY)
    assert (delivery.mail, delivery.not_for) == (None, "unsubscribed")


def test_what_was_opened_or_mailed_at_once_does_not_come_again(reader, energy):
    opened, mailed, new = project(energy), project(energy), project(energy)
    NotificationFactory(user=reader, entry=OutboxEntryFactory(target=opened), read_at=BEFORE)
    entry = OutboxEntryFactory(target=mailed)
    Delivery.objects.create(reader=f"member:{reader.pk}", list="at_once", period="entry:1", user=reader, entry=entry, state="sent",
                            template="notice", planned_at=BEFORE)  # fmt: skip
    plan(MONDAY)
    delivery = Delivery.objects.select_related("user").get(list="digest")
    compose_chunk([delivery], MONDAY)
    assert [row["text"].split("\n")[0][2:] for row in delivery.mail.context["sections"][0]["rows"]] == [str(new)]


def test_one_block_for_a_discussion_with_the_posts_above_the_marker(reader, write_in):
    group = WorkingGroupFactory(slug="lighting")
    GroupMembershipFactory(group=group, user=reader)
    thread = write_in(group, 5, BEFORE)
    ReadMarker.objects.create(thread=thread, user=reader, last_number=2)
    (delivery,) = written()
    assert told(delivery) == {"discussions": [thread.title]}
    assert "3 new posts" in delivery.mail.context["sections"][0]["rows"][0]["text"]


@pytest.mark.parametrize("how", ["read", "group", "topic", "left", "hidden"])
def test_discussions_that_are_not_told(reader, write_in, how):
    group = WorkingGroupFactory(slug="lighting")
    membership = GroupMembershipFactory(group=group, user=reader, news="mute" if how == "group" else "digest")
    thread = write_in(group, 3, BEFORE)
    if how == "read":
        ReadMarker.objects.create(thread=thread, user=reader, last_number=3)
    if how == "topic":
        thread.mutes.create(user=reader)
    if how == "left":
        membership.delete()
    if how == "hidden":
        type(group).objects.update(state="hidden")
    (delivery,) = written()
    assert delivery.mail is None


@pytest.mark.parametrize("state, visibility", [("withdrawn", "public"), ("hidden", "public"), ("published", "organisation")])
def test_tc08_what_changed_between_planning_and_sending_is_not_told(reader, energy, state, visibility):
    made = project(energy)
    plan(MONDAY)
    type(made).objects.filter(pk=made.pk).update(state=state, visibility=visibility)
    (delivery,) = Delivery.objects.select_related("user")
    compose_chunk([delivery], MONDAY)
    assert delivery.mail is None


def test_tc07_a_reader_with_thousands_of_news(reader, energy):
    for number in range(120):
        project(energy, slug=f"many-{number}")
    EventFactory.create_batch(3, published_at=BEFORE, starts_at=MONDAY + timedelta(days=30), ends_at=MONDAY + timedelta(days=31))
    (delivery,) = written()
    (section,) = delivery.mail.context["sections"]
    assert (len(section["rows"]), section["more"], len(delivery.held)) == (5, "+ 95 more", 100)
    assert len(build(delivery.mail).message().as_bytes()) < 100_000


def test_what_an_unknown_mail_held_is_offered_once_more(reader, energy):
    made = project(energy)
    (first,) = written()
    Delivery.objects.filter(pk=first.pk).update(state="unknown", held=first.held)
    second = written(MONDAY + timedelta(weeks=1))[-1]
    assert (told(second), second.held) == ({"again": [str(made)]}, [["again", *first.held[0][1:]]])
    Delivery.objects.filter(pk=second.pk).update(state="sent", held=second.held)
    assert written(MONDAY + timedelta(weeks=2))[-1].mail is None


def test_unread_notifications_that_concern_the_reader_in_person(reader):
    entry = OutboxEntryFactory(kind="project.returned", at=BEFORE, context={"title": "Lamps"}, target=ProjectFactory())
    NotificationFactory(user=reader, entry=entry, reason="author")
    (delivery,) = written()
    assert list(told(delivery)) == ["unread"]
    Notification.objects.update(read_at=MONDAY)


def test_the_number_of_queries_does_not_grow_with_the_readers(energy, django_assert_max_num_queries):
    def count(number):
        readers = SubscriptionFactory.create_batch(number, started_at="2026-11-01T00:00Z")
        for one in readers:
            follow(one.user, energy)
        plan(MONDAY)
        deliveries = list(Delivery.objects.select_related("user"))
        with CaptureQueriesContext(connection) as seen:
            compose_chunk(deliveries, MONDAY)
        assert all(one.mail for one in deliveries)
        Delivery.objects.all().delete()
        OutboxEntry.objects.all().delete()
        type(readers[0]).objects.all().delete()
        return len(seen)

    for number in range(6):
        project(energy, slug=f"p{number}")
    few, many = count(2), count(100)
    assert (many <= few + 1, many <= 60) == (True, True)


def test_what_moderators_have_to_do_leads_to_the_administration(reader):
    entry = OutboxEntryFactory(kind="report.made", at=BEFORE, url="/cms/waiting/reports/7/", target=ProjectFactory())
    NotificationFactory(user=reader, entry=entry, reason="moderator")
    (delivery,) = written()
    (row,) = delivery.mail.context["sections"][0]["rows"]
    assert row["text"].count(f"{settings.SITE_URL}/cms/waiting/reports/7/") == 1
