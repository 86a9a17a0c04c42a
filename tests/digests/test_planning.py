"""Who gets a digest from one tick, with which window, and that two ticks at once make one run (TC-05)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from digests.planning import plan, slot_of, waiting_readers
from notifications.models import Delivery, Run, Switch
from tests.factories import SubscriptionFactory
from tests.support.threads import at_once

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 6, 4, tzinfo=UTC)  # 7:04 in Copenhagen


def later(**more):
    return MONDAY + timedelta(**more)


def finish(state="sent"):
    Delivery.objects.update(state=state)


def windows():
    return list(Delivery.objects.order_by("pk").values_list("period", "since", "until"))


def test_one_run_one_statement_for_many():
    SubscriptionFactory.create_batch(12)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        run = plan(MONDAY)
    assert (run.planned, run.slot, Delivery.objects.filter(run=run, period="2026-W48").count()) == (12, slot_of(MONDAY), 12)
    assert sum(query["sql"].startswith("INSERT INTO notifications_delivery") for query in seen) == 1


def test_a_run_is_planned_once_a_slot_and_a_reader_once_a_period():
    SubscriptionFactory()
    assert plan(MONDAY).planned == 1
    assert plan(later(minutes=1)) is None
    finish()
    assert [plan(later(minutes=10)), plan(later(days=6))] == [None, None]
    assert Run.objects.count() == 1


def test_nobody_due_leaves_no_run():
    SubscriptionFactory()
    assert (plan(later(hours=-2)), Run.objects.count()) == (None, 0)


@pytest.mark.parametrize(
    "more",
    [{"frequency": "off"}, {"user__is_active": False}, {"user__suspended_at": MONDAY}, {"paused_until": "2026-11-24"},
     {"since": later(minutes=-3)}, {"weekday": 1}, {"hour": 8}, {"user__time_zone": "America/New_York"}],
)  # fmt: skip
def test_who_is_not_due(more):
    SubscriptionFactory(**more)
    assert (waiting_readers(MONDAY), plan(MONDAY)) == (0, None)


def test_a_pause_ends_on_its_day():
    SubscriptionFactory(paused_until="2026-11-23")
    assert (waiting_readers(MONDAY), plan(MONDAY).planned) == (1, 1)


def test_windows_follow_each_other_without_gap_or_overlap():
    SubscriptionFactory(started_at="2026-11-20T10:00Z")
    for week in range(3):
        plan(later(weeks=week, minutes=10 * week))
        finish(("sent", "empty", "unknown")[week])
    ends = [until for _period, _since, until in windows()]
    assert [since for _period, since, _until in windows()] == [datetime(2026, 11, 20, 10, tzinfo=UTC), *ends[:-1]]


@pytest.mark.parametrize("state", ["failed", "suppressed"])
def test_what_a_failed_week_held_is_in_the_next(state):
    subscription = SubscriptionFactory()
    plan(MONDAY)
    finish(state)
    plan(later(weeks=1))
    assert windows()[1][1] == datetime.fromisoformat(subscription.started_at)


def test_while_one_is_under_way_no_other_is_planned():
    SubscriptionFactory(frequency="daily")
    plan(MONDAY)
    assert plan(later(days=1)) is None
    finish()
    assert plan(later(days=1, minutes=10)).planned == 1


def test_a_frequency_changed_in_mid_week_neither_doubles_nor_loses():
    subscription = SubscriptionFactory()
    plan(MONDAY)
    finish()
    subscription.weekday, subscription.since = 4, later(days=2)
    subscription.save()
    assert plan(later(days=4)) is None  # this week had its digest
    assert plan(later(days=11)).planned == 1
    assert windows()[1][1] == windows()[0][2]


def test_a_new_zone_of_the_reader_makes_no_second_digest():
    subscription = SubscriptionFactory()
    plan(MONDAY)
    finish()
    subscription.user.time_zone = "America/New_York"
    subscription.user.save()
    assert plan(later(hours=6)) is None


def test_tc06_a_clock_that_is_set_back_sends_nothing_twice():
    SubscriptionFactory()
    plan(MONDAY)
    finish()
    assert [plan(later(hours=-hours, minutes=10)) for hours in (2, 1, 0)] == [None, None, None]


def test_tc06_a_machine_that_was_off_in_the_morning_sends_once():
    SubscriptionFactory()
    assert plan(later(hours=4)).planned == 1
    finish()
    assert plan(later(hours=5)) is None


def test_switched_off_nothing_is_planned():
    SubscriptionFactory()
    Switch.objects.create(list="digest")
    assert plan(MONDAY) is None


@pytest.mark.django_db(transaction=True)
def test_tc05_two_planners_in_the_same_second():
    SubscriptionFactory.create_batch(20)
    now = timezone.make_aware(datetime(2026, 11, 23, 7, 4))
    runs = [run for run in at_once(*[lambda: plan(now)] * 4) if run]
    assert ([run.planned for run in runs], Run.objects.count(), Delivery.objects.count()) == ([20], 1, 20)
