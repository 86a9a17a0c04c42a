"""An embargo ends by the clock of the lab: nobody else reads it before, followers hear of it once."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from notifications.actions import follow
from notifications.models import OutboxEntry
from testreports import actions
from testreports.models import TestReport

pytestmark = pytest.mark.django_db
HERE = ZoneInfo("Europe/Copenhagen")


@pytest.mark.parametrize("day", [date(2027, 3, 28), date(2027, 10, 31), date(2027, 6, 1)])
def test_tc06_others_read_it_from_midnight_on(make, host, nobody, day):
    now = datetime(2027, 1, 5, 12, tzinfo=HERE)
    actions.publish(make("submitted", embargo_until=day), by=host, goes_on="yes", now=now)
    midnight = datetime.combine(day, datetime.min.time(), tzinfo=HERE)
    seen = [bool(TestReport.objects.visible_to(nobody, moment)) for moment in (midnight - timedelta(seconds=1), midnight)]
    assert seen == [False, True]


def test_an_embargo_that_is_over_is_none(make, host, nobody):
    yesterday = timezone.localdate() - timedelta(days=1)
    actions.publish(make("submitted", embargo_until=yesterday), by=host, goes_on="yes")
    assert TestReport.objects.visible_to(nobody).count() == 1


def test_followers_hear_when_it_is_over_and_only_then(make, host, stranger, lab, tomorrow):
    follow(stranger, lab)
    actions.publish(make("submitted", embargo_until=tomorrow), by=host, goes_on="yes")
    later = timezone.now() + timedelta(days=2)
    told = [actions.release_due(), actions.release_due(now=later), actions.release_due(now=later)]
    assert (told, OutboxEntry.objects.filter(kind="testreport.released").count()) == ([0, 1, 0], 1)


def test_what_is_hidden_meanwhile_is_not_told(make, host, moderator, tomorrow):
    report = actions.publish(make("submitted", embargo_until=tomorrow), by=host, goes_on="yes")
    actions.hide(report, by=moderator, reason="Names a patient.")
    assert actions.release_due(now=timezone.now() + timedelta(days=2)) == 0
