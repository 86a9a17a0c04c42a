"""A member who is erased: the minutes keep that somebody was there, without the name (TC-27)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events.models import ActionPoint, Attendee
from portal.models import Farewell
from portal.privacy.erasure import erase
from portal.privacy.holdings import Person
from portal.privacy.inventory import HOLDINGS
from tests.factories import AgendaItemFactory

pytestmark = pytest.mark.django_db


def erased(user):
    now = timezone.now()
    farewell = Farewell.objects.create(user=user, asked_at=now - timedelta(days=31), due_at=now - timedelta(days=1))
    assert erase(farewell.pk, now=now)
    user.refresh_from_db()


def test_tc27_minutes_name_a_former_member(client, approved, group_member, stranger):
    approved.points.update(presenter="Group member")
    AgendaItemFactory(event=approved.event, presenter="Group member")
    ActionPoint.objects.update(owner=group_member)
    approved.agreed.update(owner=group_member)
    erased(group_member)
    client.force_login(stranger)
    pages = [client.get(path).content.decode() for path in ("/en/events/the-meeting/minutes/", "/en/events/the-meeting/agenda/")]
    assert (["Group member" in page for page in pages], "Former member" in pages[0]) == ([False, False], True)
    assert Attendee.objects.filter(user=group_member, name="").count() == 1


def test_tc27_the_copy_says_at_which_meetings_one_was(approved, group_member):
    rows = HOLDINGS["events.Attendee"].own_rows(Person.of(group_member))
    assert [(row.name, row.minutes.event.slug) for row in rows] == [("Group member", "the-meeting")]
