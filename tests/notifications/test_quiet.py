"""Quiet hours: mails at once wait until they end, on the reader's own clock; nothing else waits."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from notifications import fanout, tasks
from notifications.actions import notify, queue_mail, set_quiet_hours
from notifications.models import Delivery, QuietHours
from notifications.quiet import loud_from
from tests.factories import DeliveryFactory, ProjectFactory, UserFactory
from tests.support.threads import at_once

pytestmark = pytest.mark.django_db
COPENHAGEN, NEW_YORK, AUCKLAND = "Europe/Copenhagen", "America/New_York", "Pacific/Auckland"
NIGHT, NAP, WEEKEND, BOTH = (20, 7, False), (12, 14, False), (None, None, True), (20, 7, True)
THURSDAY_NIGHT = datetime(2026, 11, 26, 22, tzinfo=UTC)


def utc(words):
    return datetime.fromisoformat(f"{words}+00:00")


@pytest.mark.parametrize(
    ("hours", "zone", "now", "until"),
    [
        (NIGHT, COPENHAGEN, "2026-11-25T18:59:59", "2026-11-25T18:59:59"),  # 19.59 on the reader's clock
        (NIGHT, COPENHAGEN, "2026-11-25T19:00", "2026-11-26T06:00"),
        (NIGHT, COPENHAGEN, "2026-11-26T05:59", "2026-11-26T06:00"),
        (NIGHT, COPENHAGEN, "2026-11-26T06:00", "2026-11-26T06:00"),
        (NIGHT, AUCKLAND, "2026-11-25T12:00", "2026-11-25T18:00"),  # one in the morning there
        (NAP, NEW_YORK, "2026-11-25T17:30", "2026-11-25T19:00"),
        (NAP, NEW_YORK, "2026-11-25T20:00", "2026-11-25T20:00"),
        (WEEKEND, COPENHAGEN, "2026-11-27T22:59", "2026-11-27T22:59"),
        (WEEKEND, COPENHAGEN, "2026-11-27T23:00", "2026-11-29T23:00"),
        (BOTH, COPENHAGEN, "2026-11-27T20:00", "2026-11-30T06:00"),  # Friday evening: the night, the weekend, the night
        (NIGHT, COPENHAGEN, "2026-03-28T20:00", "2026-03-29T05:00"),  # summer time begins in this night
        (NIGHT, COPENHAGEN, "2026-10-24T20:00", "2026-10-25T06:00"),  # and ends in this one
        ((1, 2, False), COPENHAGEN, "2026-03-29T00:30", "2026-03-29T01:00"),  # ends at an hour that is skipped: at the one after it
        ((1, 2, False), COPENHAGEN, "2026-10-24T23:30", "2026-10-25T00:00"),  # ends at an hour that comes twice: at the first
        ((2, 3, False), COPENHAGEN, "2026-10-25T00:30", "2026-10-25T02:00"),  # and one that comes twice is quiet twice
        ((2, 3, False), COPENHAGEN, "2026-10-25T01:30", "2026-10-25T02:00"),
        ((23, 22, True), COPENHAGEN, "2026-12-31T23:30", "2027-01-01T21:00"),  # over the year's end
        (NIGHT, "Nowhere/Nothing", "2026-11-25T19:00", "2026-11-26T06:00"),  # the portal's own clock
    ],
)
def test_quiet_ends_on_the_readers_clock(hours, zone, now, until):
    starts, ends, weekend = hours
    assert loud_from(QuietHours(starts=starts, ends=ends, weekend=weekend), zone, utc(now)) == utc(until)


@pytest.mark.parametrize("row", [{"starts": 7, "ends": 7}, {"starts": 7}, {"ends": 7}, {"starts": 24, "ends": 7}])
def test_no_hours_that_mean_nothing_are_kept(stranger, row):
    with pytest.raises(IntegrityError), transaction.atomic():
        QuietHours.objects.create(user=stranger, **row)


def tell(project, *people, now):
    return fanout.tell(notify("project.returned", project, by=None, to=[(one, "author") for one in people]).pk, now=now)


@pytest.fixture
def sleeper(owner):
    """An owner in Copenhagen with a quiet night."""
    set_quiet_hours(owner, starts=20, ends=7, weekend=False, now=THURSDAY_NIGHT)
    return owner


def test_promise_12_a_mail_at_once_waits_until_quiet_hours_end(sleeper, editor, organisation):
    assert tell(ProjectFactory(organisation=organisation), sleeper, editor, now=THURSDAY_NIGHT) == (2, 2)
    due = dict(Delivery.objects.values_list("user", "next_attempt_at"))
    assert due == {sleeper.pk: utc("2026-11-27T06:00"), editor.pk: THURSDAY_NIGHT}
    tasks.send_chunk(THURSDAY_NIGHT)
    tasks.send_chunk(utc("2026-11-27T05:59"))
    assert dict(Delivery.objects.values_list("user", "state")) == {sleeper.pk: "pending", editor.pk: "sent"}
    tasks.send_chunk(utc("2026-11-27T06:00"))
    assert set(Delivery.objects.values_list("state", "attempts")) == {("sent", 1)}


def test_a_mail_that_is_tried_again_in_the_night_waits_uncounted(sleeper, organisation):
    project = ProjectFactory(organisation=organisation)
    DeliveryFactory(user=sleeper, entry__target=project, attempts=2, next_attempt_at=THURSDAY_NIGHT)
    tasks.send_chunk(THURSDAY_NIGHT)
    row = Delivery.objects.get()
    assert (row.state, row.attempts, row.next_attempt_at, row.lease_until) == ("pending", 2, utc("2026-11-27T06:00"), None)


def test_who_has_travelled_sleeps_by_the_new_clock(sleeper, organisation):
    tell(ProjectFactory(organisation=organisation), sleeper, now=THURSDAY_NIGHT)
    sleeper.time_zone = NEW_YORK
    sleeper.save(update_fields=["time_zone"])
    tasks.send_chunk(utc("2026-11-27T06:00"))  # one in the morning there
    assert (Delivery.objects.get().state, Delivery.objects.get().next_attempt_at) == ("pending", utc("2026-11-27T12:00"))


def test_account_mails_and_digests_do_not_wait(sleeper):
    queue_mail(
        "account", "account_reset", address=sleeper.email, user=sleeper, language="en", context={}, period="once", now=THURSDAY_NIGHT
    )
    DeliveryFactory(user=sleeper, entry=None, list="digest", period="2026-W48", stop="", template="digest", next_attempt_at=THURSDAY_NIGHT,
                    since=THURSDAY_NIGHT - timedelta(days=7), until=THURSDAY_NIGHT)  # fmt: skip
    tasks.send_chunk(THURSDAY_NIGHT)
    assert not Delivery.objects.filter(state="pending").exists()


def test_what_waits_follows_the_new_hours(sleeper, organisation):
    tell(ProjectFactory(organisation=organisation), sleeper, now=THURSDAY_NIGHT)
    moments = []
    for starts, ends, weekend in ((22, 9, False), (None, None, False)):
        set_quiet_hours(sleeper, starts=starts, ends=ends, weekend=weekend, now=THURSDAY_NIGHT)
        moments.append(Delivery.objects.get().next_attempt_at)
    assert (moments, QuietHours.objects.count()) == ([utc("2026-11-27T08:00"), THURSDAY_NIGHT], 0)


def test_one_question_for_all_who_hear(organisation, django_assert_max_num_queries):
    people = [UserFactory() for _one in range(30)]
    for person in people:
        set_quiet_hours(person, starts=20, ends=7, weekend=False, now=THURSDAY_NIGHT)
    entry = notify("project.returned", ProjectFactory(organisation=organisation), by=None, to=[(one, "author") for one in people])
    with django_assert_max_num_queries(14):
        assert fanout.tell(entry.pk, now=THURSDAY_NIGHT) == (30, 30)


@pytest.mark.django_db(transaction=True)
def test_choosing_quiet_hours_twice_at_once(stranger):
    hours = {"starts": 20, "ends": 7, "weekend": True}
    answers = at_once(*[lambda: set_quiet_hours(stranger, **hours)] * 3)
    assert (answers, QuietHours.objects.count()) == ([None] * 3, 1)
