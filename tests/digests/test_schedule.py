"""When a digest is due, on the reader's clock and across every change of it (TC-06)."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest

from digests.schedule import due, next_due

CPH = "Europe/Copenhagen"


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def period(frequency, now, weekday=0, hour=7, zone=CPH):
    found = due(frequency, weekday, hour, zone, utc(now))
    return found and found.period


def moments(frequency, start, days, weekday=0, hour=7, zone=CPH, step=10):
    """Each (period, moment) that becomes due while a scheduler ticks every ten minutes."""
    now, found = utc(start), []
    for _tick in range(days * 24 * 60 // step):
        one = due(frequency, weekday, hour, zone, now)
        if one and (one.period, one.at) not in found:
            found.append((one.period, one.at))
        now += timedelta(minutes=step)
    return found


@pytest.mark.parametrize(
    "frequency, before, after, expected",
    [
        ("daily", "2026-11-23T05:59", "2026-11-23T06:00", "2026-11-23"),
        ("weekly", "2026-11-23T05:59", "2026-11-23T06:00", "2026-W48"),
        ("fortnightly", "2026-11-30T05:59", "2026-11-30T06:00", "block-76"),
        ("monthly", "2026-12-07T05:59", "2026-12-07T06:00", "2026-12"),
    ],
)
def test_due_from_its_moment_on(frequency, before, after, expected):
    assert (period(frequency, before) != expected, period(frequency, after)) == (True, expected)


def test_a_scheduler_that_was_away_for_a_day_sends_late():
    assert period("weekly", "2026-11-29T22:30", weekday=6, hour=23) == "2026-W48"  # Sunday 23:30 there
    assert period("weekly", "2026-11-30T21:00", weekday=6, hour=23) == "2026-W48"
    assert period("weekly", "2026-12-01T11:00", weekday=6, hour=23) is None


def test_tc06_one_digest_each_day_of_the_year_whatever_the_clocks_do():
    for hour in (0, 2, 3, 23):
        found = moments("daily", "2026-01-01T12:00", 365, hour=hour, step=60)
        assert len({name for name, _at in found}) == len(found)
        assert len(found) in (365, 366)


def test_tc06_the_hour_that_is_skipped_and_the_hour_that_comes_twice():
    assert due("daily", 0, 2, CPH, utc("2026-03-29T01:00")).at == utc("2026-03-29T01:00")  # 02:00 is not there: 03:00
    assert due("daily", 0, 2, CPH, utc("2026-10-25T00:30")).at == utc("2026-10-25T00:00")  # the first of the two
    assert due("daily", 0, 2, CPH, utc("2026-10-25T01:30")).at == utc("2026-10-25T00:00")


def test_tc06_fifty_three_weeks_and_the_turn_of_the_year():
    found = [name for name, _at in moments("weekly", "2026-12-20T00:00", 24, step=60)]
    assert found == ["2026-W51", "2026-W52", "2026-W53", "2027-W01", "2027-W02"]


def test_every_two_weeks_is_counted_from_a_day_not_from_the_number_of_the_week():
    found = [at for _name, at in moments("fortnightly", "2026-12-01T00:00", 60, step=60)]
    assert {later - earlier for earlier, later in itertools.pairwise(found)} == {timedelta(days=14)}


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu", "Nowhere/At_All", ""])
def test_every_zone_has_its_moment(zone):
    assert len(moments("weekly", "2026-11-02T00:00", 28, zone=zone, step=60)) in (4, 5)


def test_february_has_its_month():
    found = moments("monthly", "2028-01-31T00:00", 62, weekday=1, step=60)
    assert [name for name, _at in found] == ["2028-01", "2028-02", "2028-03"]


@pytest.mark.parametrize("frequency", ["daily", "weekly", "fortnightly", "monthly"])
def test_the_next_moment_is_the_one_that_comes(frequency):
    now = utc("2026-11-25T18:00")
    at = next_due(frequency, 2, 7, CPH, now)
    assert due(frequency, 2, 7, CPH, at).at == at
    assert at > now
    assert next_due("off", 2, 7, CPH, now) is None
