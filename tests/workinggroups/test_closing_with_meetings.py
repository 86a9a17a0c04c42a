"""A group is closed while people are registered for its meetings: they are told, and nobody comes to an empty room."""

from datetime import timedelta

import pytest
from django.utils import timezone

from common.errors import WrongState
from events import actions as event_actions
from events.models import Event, Registration
from tests.factories import EventFactory, UserFactory
from tests.support.told import told
from workinggroups import actions

pytestmark = pytest.mark.django_db


def meeting(group, days, **fields):
    starts = timezone.now() + timedelta(days=days)
    return EventFactory(organisation=None, group=group, starts_at=starts, ends_at=starts + timedelta(hours=2), **fields)


def states():
    return list(Event.objects.order_by("starts_at").values_list("state", flat=True))


def test_meetings_to_come_are_cancelled_and_whoever_comes_or_waits_is_told(group, chair, member):
    event = meeting(group, 5, capacity=1)
    for person in (member, UserFactory(name="Waits")):
        event_actions.register(event, by=person)
    actions.close(group, by=chair, summary="Done.")
    event.refresh_from_db()
    assert (event.state, event.state_reason) == ("cancelled", "The working group is closed, and holds no more meetings.")
    assert [name for _kind, name, _reason in told("event.cancelled")] == ["Member", "Waits"]
    assert Registration.objects.count() == 2


def test_what_is_over_going_on_or_not_out_yet_stays(group, chair):
    for days, state in ((-5, "published"), (-0.01, "published"), (3, "draft"), (4, "published")):
        meeting(group, days, state=state)
    other = meeting(None, 6)
    actions.close(group, by=chair, summary="Done.")
    other.refresh_from_db()
    assert (states()[:4], other.state) == (["published", "published", "draft", "cancelled"], "published")


def test_the_chair_reads_before_what_will_be_cancelled(client, group, chair):
    event = meeting(group, 5, text__title="What the meters told us")
    client.force_login(chair)
    page = client.get(f"{group.get_absolute_url()}close/").content.decode()
    assert "What the meters told us" in page and event.get_absolute_url() in page


def test_nothing_is_cancelled_where_the_closing_fails(group, chair):
    meeting(group, 5)
    with pytest.raises(WrongState):
        actions.close(group, by=chair, summary=" ")
    assert states() == ["published"]


def test_a_closed_group_publishes_no_meeting(group, chair):
    event = meeting(group, 5, state="draft")
    actions.close(group, by=chair, summary="Done.")
    with pytest.raises(WrongState):
        event_actions.publish(event, by=chair)
