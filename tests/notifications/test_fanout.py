"""From the outbox to the people it concerns."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notifications import fanout, tasks
from notifications.actions import choose, follow, notify
from notifications.models import Delivery, Notification, OutboxEntry
from tests.factories import MembershipFactory, OutboxEntryFactory, ProjectFactory, UserFactory
from tests.support.threads import at_once

pytestmark = pytest.mark.django_db


def told(entry, now):
    return fanout.tell(entry.pk, now=now)


def test_followers_hear_of_it_in_the_portal_and_authors_by_mail_too(noon, stranger, owner, organisation):
    project = ProjectFactory(organisation=organisation)
    follow(stranger, project)
    entry = notify("project.published", project, by=None, to=[(owner, "author")], followers_of=[project])
    assert told(entry, noon) == (2, 1)
    assert set(Notification.objects.values_list("user", "reason")) == {(owner.pk, "author"), (stranger.pk, "follow")}
    assert Delivery.objects.get().user == owner


def test_an_author_who_follows_hears_once_as_author(noon, owner, organisation):
    project = ProjectFactory(organisation=organisation)
    follow(owner, project)
    follow(owner, organisation)
    entry = notify("project.published", project, by=None, to=[(owner, "author")], followers_of=[organisation, project])
    told(entry, noon)
    assert Notification.objects.get().reason == "author"


def test_the_followed_noun_is_named_in_the_order_it_was_given(noon, stranger, organisation):
    project = ProjectFactory(organisation=organisation, text__title="Lamps")
    follow(stranger, organisation)
    follow(stranger, project)
    told(notify("project.published", project, by=None, followers_of=[project, organisation]), noon)
    assert Notification.objects.get().followed == {"followed": "Lamps"}


@pytest.mark.parametrize("visibility", ["public", "members", "organisation"])
def test_nobody_hears_of_what_he_may_not_see(noon, anyone, organisation, visibility):
    project = ProjectFactory(organisation=organisation, visibility=visibility)
    if not anyone.is_authenticated:
        return
    follow(anyone, project)
    sees = anyone.may_act and type(project).objects.visible_to(anyone).filter(pk=project.pk).exists()
    assert told(notify("project.published", project, by=None, followers_of=[project]), noon) == (int(sees), 0)


def test_telling_twice_is_telling_once(noon, owner, organisation):
    entry = notify("project.returned", ProjectFactory(organisation=organisation), by=None, to=[(owner, "author")])
    assert (told(entry, noon), told(entry, noon)) == ((1, 1), None)
    OutboxEntry.objects.update(fanned_out_at=None)
    told(entry, noon)
    assert (Notification.objects.count(), Delivery.objects.count()) == (1, 1)


def test_what_a_member_chose_decides(noon, owner, colleague, editor, organisation):
    choose(owner, "project.returned", "mail", False)
    choose(colleague, "project.returned", "portal", False)
    choose(editor, "", "mail", False)
    project = ProjectFactory(organisation=organisation)
    told(notify("project.returned", project, by=None, to=[(one, "author") for one in (owner, colleague, editor)]), noon)
    shown = {owner.pk: True, editor.pk: True, colleague.pk: False}  # the colleague's waits for the digest only
    assert dict(Notification.objects.values_list("user", "is_shown")) == shown
    assert list(Delivery.objects.values_list("user", flat=True)) == [colleague.pk]


def test_who_asks_for_it_gets_news_of_what_is_followed_by_mail(noon, stranger):
    project = ProjectFactory()
    follow(stranger, project)
    choose(stranger, "followed", "mail", True)
    told(notify("project.published", project, by=None, followers_of=[project]), noon)
    assert (Delivery.objects.get().stop, Delivery.objects.get().reason) == ("followed", "follow")


@pytest.mark.parametrize("visibility", ["public", "organisation"])
def test_a_chunk_costs_the_same_whether_one_or_thirty_hear_of_it(noon, organisation, visibility):
    costs = []
    for number in (1, 30):
        people = [MembershipFactory(organisation=organisation).user for _one in range(number)]
        project = ProjectFactory(organisation=organisation, visibility=visibility)
        entry = notify("project.returned", project, by=None, to=[(user, "author") for user in people])
        with CaptureQueriesContext(connection) as seen:
            assert told(entry, noon) == (number, number)
        costs.append(len(seen))
    assert costs[0] == costs[1] <= 14


def test_an_entry_that_cannot_be_told_waits_and_stops_no_other(noon, owner, organisation, caplog):
    broken = OutboxEntryFactory(receivers=[["nobody", "author"]])
    good = notify("project.returned", ProjectFactory(organisation=organisation), by=None, to=[(owner, "author")])
    tasks.fan_out(broken.pk)
    tasks.fan_out(good.pk)
    broken.refresh_from_db()
    assert (broken.fanned_out_at, broken.attempts, broken.next_attempt_at > noon + timedelta(minutes=4)) == (None, 1, True)
    assert Notification.objects.get().entry == good


def test_whom_is_gone_is_left_out(noon, organisation):
    entry = notify("project.returned", ProjectFactory(organisation=organisation), by=None, to=[(999_999, "author")])
    assert told(entry, noon) == (0, 0)


def test_the_tick_finds_what_nobody_was_woken_for(owner, organisation, django_capture_on_commit_callbacks):
    notify("project.returned", ProjectFactory(organisation=organisation), by=None, to=[(owner, "author")])
    assert Notification.objects.count() == 0
    with django_capture_on_commit_callbacks(execute=True):
        tasks.tick()
    assert (Notification.objects.count(), Delivery.objects.get().state) == (1, "sent")


@pytest.mark.django_db(transaction=True)
def test_tc05_two_who_tell_at_once_tell_once(noon):
    entry = notify("project.returned", ProjectFactory(), by=None, to=[(UserFactory(), "author") for _one in range(20)])
    Notification.objects.all().delete()
    Delivery.objects.all().delete()
    OutboxEntry.objects.update(fanned_out_at=None)
    answers = at_once(*[lambda: fanout.tell(entry.pk, now=noon)] * 2)
    assert (20, 20) in answers
    assert (Notification.objects.count(), Delivery.objects.count()) == (20, 20)
