"""Quiet hours: when mails at once wait, on the reader's own clock. Moments are compared in UTC, so that no change of the clocks matters.

Mails about an account, invitations, questions and the digest never wait.
"""

from collections import defaultdict
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings

from notifications import ledger
from notifications.enums import MailList
from notifications.models import QuietHours

SATURDAY = 5


def zone_of(name):
    """The time zone of this name; the portal's for a name that no machine knows."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo(settings.TIME_ZONE)


def loud_from(hours, zone_name, now):
    """`now`, or the moment at which the quiet that holds `now` ends: a night that leads into a weekend ends with the weekend."""
    zone, moment = zone_of(zone_name), now
    while hours and (end := _end(hours, moment.astimezone(zone), zone)):
        moment = max(end, moment + timedelta(minutes=1))
    return moment


def _end(hours, local, zone):
    """When the night or weekend that holds this moment ends, in UTC; None in the midst of a loud day."""
    if hours.weekend and local.weekday() >= SATURDAY:
        return _at(local.date() + timedelta(days=7 - local.weekday()), 0, zone)
    if hours.starts is None:
        return None
    if hours.starts < hours.ends:
        return _at(local.date(), hours.ends, zone) if hours.starts <= local.hour < hours.ends else None
    if local.hour >= hours.starts:
        return _at(local.date() + timedelta(days=1), hours.ends, zone)
    return _at(local.date(), hours.ends, zone) if local.hour < hours.ends else None


def _at(day, hour, zone):
    """The hour on the reader's clock, in UTC. An hour that is skipped is the one after it; of one that comes twice it is the first."""
    return datetime.combine(day, time(hour), tzinfo=zone).astimezone(UTC)


def loud_for(users, now):
    """{member: from when mails may go out again} of those of `users` for whom it is quiet at `now`; one query."""
    people = {user.pk: user for user in users}
    rows = QuietHours.objects.filter(user__in=people) if people else ()
    found = {row.user_id: loud_from(row, people[row.user_id].time_zone, now) for row in rows}
    return {pk: moment for pk, moment in found.items() if moment > now}


def hold_back(claimed, now):
    """Claimed mails at once whose readers have quiet hours go back until these end. Returns the rest.

    Asked when a mail's turn comes, beside when it is planned: a mail that is tried again, or whose reader has travelled, waits, too.
    """
    at_once = [delivery for delivery in claimed if delivery.list == MailList.AT_ONCE and delivery.user]
    quiet, held = loud_for([delivery.user for delivery in at_once], now) if at_once else {}, defaultdict(list)
    for delivery in at_once:
        if delivery.user_id in quiet:
            held[quiet[delivery.user_id]].append(delivery)
    for moment, deliveries in held.items():
        ledger.release(deliveries, now=now, pause=moment - now)
    waiting = {delivery.pk for deliveries in held.values() for delivery in deliveries}
    return [delivery for delivery in claimed if delivery.pk not in waiting]
