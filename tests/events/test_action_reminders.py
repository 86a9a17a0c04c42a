"""Reminders of action points: three days before, when they are overdue, then weekly; each once, on the portal's clock."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from events import actions
from events.actions.following import period_of
from events.models import ActionPoint, ActionReminder
from events.tasks import tick
from notifications.models import Notification, OutboxEntry
from notifications.tasks import fan_out
from tests.factories import ActionPointFactory, EventFactory, GroupMembershipFactory, UserFactory
from tests.support.threads import at_once

pytestmark = pytest.mark.django_db
DUE = date(2026, 12, 10)


def at(day, hour=9, zone="Europe/Copenhagen"):
    return datetime(2026, day.month, day.day, hour, tzinfo=ZoneInfo(zone)).replace(year=day.year)


@pytest.fixture
def point(meeting, chair):
    return ActionPointFactory(event=meeting, owner=chair, text="Send the numbers", due_on=DUE)


def told():
    return [entry.kind.rpartition("_")[2] for entry in OutboxEntry.objects.filter(kind__startswith="event.action_").order_by("pk")]


def run(days, hours=(9,)):
    """A tick at these hours of each of the days from the due one."""
    for day in days:
        for hour in hours:
            actions.remind_owners(now=at(DUE + timedelta(days=day), hour))


def test_three_days_before_then_overdue_then_weekly(point):
    run(range(-10, 30))
    assert told() == ["due", "overdue", "overdue", "overdue", "overdue", "overdue"]
    periods = sorted(ActionReminder.objects.values_list("period", flat=True))
    assert periods == ["due-2026-12-10", *(f"overdue-2026-12-10-{week}" for week in range(5))]


def test_a_tick_every_hour_tells_no_more_than_one(point):
    run([-3, -2, 1], hours=range(7, 24))
    assert told() == ["due", "overdue"]


def test_nobody_is_woken_at_night(point):
    assert [actions.remind_owners(now=at(DUE, hour)) for hour in (0, 6, 7)] == [0, 0, 1]


def test_a_machine_that_was_off_tells_late_and_once(point):
    run([2])
    assert told() == ["overdue"]


def test_tc06_the_day_is_that_of_the_portal_s_clock_also_when_summer_time_ends(meeting, chair):
    """On 25 October 2026 the clock shows 02.00 twice; at 23.30 UTC on the 24th it is the 25th here already."""
    ActionPointFactory(event=meeting, owner=chair, due_on=date(2026, 10, 27))
    moments = [datetime(2026, 10, 24, hour, 30, tzinfo=ZoneInfo("UTC")) for hour in (5, 12, 22)]
    moments += [datetime(2026, 10, 25, hour, tzinfo=ZoneInfo("UTC")) for hour in (0, 1, 6, 7, 23)]
    assert [actions.remind_owners(now=moment) for moment in moments] == [1, 0, 0, 0, 0, 0, 0, 0]


def test_tc06_in_spring_no_week_is_told_twice(meeting, chair):
    ActionPointFactory(event=meeting, owner=chair, due_on=date(2026, 3, 21))
    start = datetime(2026, 3, 22, 0, tzinfo=ZoneInfo("UTC"))
    assert sum(actions.remind_owners(now=start + timedelta(hours=hour)) for hour in range(24 * 13)) == 2


@pytest.mark.parametrize("case", ["done", "dropped", "no date", "nobody", "suspended", "closed group", "hidden event"])
def test_who_is_not_reminded(point, chair, case):
    changes = {"done": {"state": "done"}, "dropped": {"state": "dropped"}, "no date": {"due_on": None}, "nobody": {"owner": None}}
    ActionPoint.objects.filter(pk=point.pk).update(**changes.get(case, {}))
    if case == "suspended":
        type(chair).objects.filter(pk=chair.pk).update(suspended_at=at(DUE))
    if case == "closed group":
        type(point.event.group).objects.update(state="archived")
    if case == "hidden event":
        type(point.event).objects.update(state="hidden")
    run([-3, 1])
    assert told() == []


def test_another_date_begins_anew(point, chair):
    run([-3])
    actions.assign_action(point, by=chair, owner=chair, due_on=DUE + timedelta(days=20), now=at(DUE))
    run([17])
    assert told() == ["due", "due"]


def test_given_on_the_last_days_it_is_told_once(point, group_member, chair):
    actions.assign_action(point, by=chair, owner=group_member, due_on=DUE, now=at(DUE - timedelta(days=1)))
    run([-1])
    assert told() == ["assigned"]


def test_nobody_is_told_of_a_meeting_that_is_not_for_them_any_more(point, chair, django_capture_on_commit_callbacks):
    type(point.event).objects.update(visibility="host")
    chair.group_memberships.all().delete()
    run([1])
    fan_out(OutboxEntry.objects.get(kind="event.action_overdue").pk)
    assert not Notification.objects.filter(user=chair).exists()


def test_many_are_reminded_in_sets(meeting, chair, django_assert_max_num_queries):
    ActionPointFactory.create_batch(30, event=meeting, owner=chair, due_on=DUE)
    with django_assert_max_num_queries(30 * 14 + 20):
        assert actions.remind_owners(now=at(DUE)) == 30


def test_the_tick_reminds(point, time_machine_at):
    time_machine_at(at(DUE))
    tick()
    assert told() == ["due"]


@pytest.fixture
def time_machine_at(monkeypatch):
    from django.utils import timezone

    return lambda moment: monkeypatch.setattr(timezone, "now", lambda: moment)


@pytest.mark.parametrize(("days", "period"), [(-4, ""), (-3, "due-2026-12-10"), (0, "due-2026-12-10"), (1, "overdue-2026-12-10-0"),
                                              (6, "overdue-2026-12-10-0"), (7, "overdue-2026-12-10-1")])  # fmt: skip
def test_periods(point, days, period):
    assert period_of(point, DUE + timedelta(days=days)) == period


@pytest.mark.django_db(transaction=True)
def test_tc05_two_schedulers_at_once_remind_once():
    member = GroupMembershipFactory()
    event = EventFactory(organisation=None, group=member.group, past=True)
    ActionPointFactory.create_batch(20, event=event, owner=member.user, due_on=DUE)
    at_once(*[lambda: actions.remind_owners(now=at(DUE))] * 3)
    actions.remind_owners(now=at(DUE))
    assert (OutboxEntry.objects.filter(kind="event.action_due").count(), ActionReminder.objects.count()) == (20, 20)


def test_an_owner_who_was_erased_leaves_it_to_nobody(point, chair):
    other = UserFactory()
    ActionPoint.objects.filter(pk=point.pk).update(owner=other)
    type(other).objects.filter(pk=other.pk).update(is_active=False)
    run([1])
    assert told() == []
