"""Promise 6: the tick, through everything that happens to schedulers, clocks and readers: windows meet, nobody has two of one period."""

import itertools
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from digests.actions import choose
from digests.planning import plan
from digests.schedule import due
from notifications import ledger
from notifications.models import Delivery, Run
from tests.factories import SubscriptionFactory

pytestmark = pytest.mark.django_db
CPH = "Europe/Copenhagen"
ZONE = ZoneInfo(CPH)
MONDAY = datetime(2026, 11, 23, 6, 4, tzinfo=UTC)  # 7:04 in Copenhagen


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def tick(start, end, minutes=60, state="sent"):
    """What a scheduler does that ticks so often; everything planned has its end at once."""
    now = utc(start)
    while now <= utc(end):
        if plan(now):
            Delivery.objects.filter(state="pending").update(state=state, finished_at=now)
        now += timedelta(minutes=minutes)


def digests(subscription):
    return list(Delivery.objects.filter(user=subscription.user).order_by("until").values_list("period", "since", "until"))


def periods(subscription):
    """The periods of a reader, whose windows are seen to meet: no gap and no overlap."""
    found = digests(subscription)
    ends = [until for _period, _since, until in found]
    assert [since for _period, since, _until in found[1:]] == ends[:-1]
    return [period for period, *_window in found]


def test_promise_6_a_scheduler_that_was_down_for_a_day():
    weekly, daily = SubscriptionFactory(), SubscriptionFactory(frequency="daily")
    tick("2026-11-20T00:00", "2026-11-22T19:00")
    tick("2026-11-24T05:00", "2026-11-25T12:00")  # Tuesday, six o'clock there
    assert periods(weekly) == ["2026-W47", "2026-W48"]
    assert periods(daily) == ["2026-11-19", "2026-11-20", "2026-11-21", "2026-11-22", "2026-11-23", "2026-11-24", "2026-11-25"]


def test_promise_6_workers_that_were_down_for_a_day_plan_nothing_behind_each_other():
    daily = SubscriptionFactory(frequency="daily")
    assert plan(MONDAY).planned == 1
    assert [plan(MONDAY + timedelta(hours=hours)) for hours in (1, 23, 24, 25)] == [None] * 4
    (waiting,) = ledger.claim(MONDAY + timedelta(hours=25))
    ledger.finish(waiting, "sent", now=MONDAY + timedelta(hours=25))
    assert plan(MONDAY + timedelta(hours=25, minutes=10)).planned == 1
    assert periods(daily) == ["2026-11-23", "2026-11-24"]


@pytest.mark.parametrize(("night", "others"), [("2026-03-29", ("2026-03-28", "2026-03-30")), ("2026-10-25", ("2026-10-24", "2026-10-26"))])
def test_promise_6_tc06_both_changes_of_the_clocks_at_the_hour_that_is_skipped_and_the_one_that_comes_twice(night, others):
    weekly, daily = SubscriptionFactory(weekday=6, hour=2), SubscriptionFactory(frequency="daily", hour=2)
    tick(f"{others[0]}T00:00", f"{others[1]}T06:00", minutes=10)
    assert len([period for period in periods(weekly) if "W" in period]) == 1
    assert [period for period in periods(daily) if period >= others[0]] == [others[0], night, others[1]]
    local = [until.astimezone(ZONE).strftime("%d %H:%M") for *_rest, until in digests(daily)][-2]
    assert local == f"{night[-2:]} {'03' if night == '2026-03-29' else '02'}:00"


def test_promise_6_tc06_a_clock_that_ran_ahead_and_is_set_back_loses_no_news():
    """What happens after it is set back is behind the end of the window, however far that had run ahead."""
    for ahead in (timedelta(hours=2), timedelta(days=8)):
        Run.objects.all().delete()
        Delivery.objects.all().delete()
        reader = SubscriptionFactory()
        with time_machine.travel(MONDAY + ahead, tick=False):
            assert plan().planned == Delivery.objects.update(state="sent") == 1
        with time_machine.travel(MONDAY + timedelta(minutes=3), tick=False):
            plan()
        assert digests(reader)[-1][2] == MONDAY + timedelta(minutes=3)
        with time_machine.travel(MONDAY + timedelta(days=21), tick=False):
            plan()
        assert len(periods(reader)) == 2
        reader.delete()


def test_a_run_by_hand_for_a_moment_that_is_past_moves_no_window():
    reader = SubscriptionFactory()
    plan(MONDAY)
    Delivery.objects.update(state="sent")
    plan(MONDAY - timedelta(days=1))
    assert digests(reader)[0][2] == MONDAY


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/New_York", "Pacific/Pago_Pago", "Asia/Kathmandu"])
def test_promise_6_a_reader_who_moves_to_another_zone(zone):
    weekly, daily = SubscriptionFactory(), SubscriptionFactory(frequency="daily")
    tick("2026-11-23T00:00", "2026-11-25T10:00")
    for subscription in (weekly, daily):
        choose(subscription.user, time_zone=zone, now=utc("2026-11-25T10:30"))
    tick("2026-11-25T11:00", "2026-12-01T23:00")
    assert periods(weekly) == ["2026-W48", "2026-W49"]
    days = periods(daily)
    assert (len(set(days)), days == sorted(days)) == (len(days), True)
    assert {b - a for (_p, _s, a), (_q, _t, b) in itertools.pairwise(digests(daily)[-4:])} == {timedelta(days=1)}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("weekly", "daily", ["2026-W48", "2026-11-26", "2026-11-27", "2026-11-28", "2026-11-29", "2026-11-30"]),
        ("daily", "weekly", ["2026-11-22", "2026-11-23", "2026-11-24", "2026-11-25", "2026-W49"]),
        ("weekly", "monthly", ["2026-W48", "2026-12"]),
        ("weekly", "fortnightly", ["2026-W48", "block-76"]),
        ("fortnightly", "weekly", ["block-75", "2026-W49"]),
        ("weekly", "off", ["2026-W48"]),
    ],
)
def test_promise_6_a_frequency_changed_in_mid_week(before, after, expected):
    reader = SubscriptionFactory(frequency=before)
    tick("2026-11-23T00:00", "2026-11-25T10:00")
    choose(reader.user, frequency=after, now=utc("2026-11-25T10:30"))
    tick("2026-11-25T11:00", "2026-11-30T10:00")
    tick("2026-12-07T00:00", "2026-12-07T10:00") if after == "monthly" else None
    assert periods(reader) == expected


def test_promise_6_leap_days():
    daily, monthly = SubscriptionFactory(frequency="daily"), SubscriptionFactory(frequency="monthly", weekday=1)
    tick("2028-02-27T12:00", "2028-03-07T12:00")
    assert periods(daily)[1:4] == ["2028-02-28", "2028-02-29", "2028-03-01"]
    assert periods(monthly)[-1:] == ["2028-03"]
    weeks = [due("weekly", 1, 7, CPH, utc(day)).period for day in ("2028-02-29T06:00", "2028-03-07T06:00")]
    blocks = [due("fortnightly", 1, 7, CPH, utc("2028-02-29T06:00") + timedelta(days=14 * n)).period for n in range(2)]
    assert (weeks, blocks) == (["2028-W09", "2028-W10"], ["block-108", "block-109"])
