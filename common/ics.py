"""What every calendar file of the portal has in common (RFC 5545): its frame, its zones, who stands as its organiser."""

from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import get_language
from icalendar import Calendar, vCalAddress, vText

from common.zones import vtimezone

CONTENT_TYPE = "text/calendar; charset=utf-8"
METHOD = "PUBLISH"
#: How often a program need look again.
REFRESH = timedelta(hours=1)


def framed(entries, *, name=""):
    """A VCALENDAR of `entries`, [(VEVENT, name of its zone, start, end)], in the reader's language, as text."""
    entries = list(entries)
    found = Calendar()
    found.add("prodid", f"-//{host_name()}//{settings.PORTAL['name']}//{(get_language() or 'en').upper()}")
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    found.add("method", METHOD)
    if name:
        found.add("name", name)
        found.add("x-wr-calname", name)
        found.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
        found.add("x-published-ttl", "PT1H")
    for zone, first, last in _zones(entries):
        found.add_component(vtimezone(zone, first, last))
    for entry, _zone, _starts, _ends in entries:
        found.add_component(entry)
    return found.to_ical().decode()


def _zones(entries):
    """[(zone, first year, last year)] that the entries need; UTC needs none."""
    years = {}
    for _entry, zone, starts, ends in entries:
        if zone != "UTC":
            years.setdefault(zone, set()).update((starts.year, ends.year))
    return [(zone, min(of) - 1, max(of) + 1) for zone, of in sorted(years.items())]


def organizer(name):
    """The portal's own address with the host's name: nobody's mail address stands in a feed."""
    who = vCalAddress(f"mailto:{settings.PORTAL['contact_email'] or f'noreply@{host_name()}'}")
    who.params["CN"] = vText(str(name or settings.PORTAL["name"]))
    return who


def host_name():
    return urlsplit(settings.SITE_URL).hostname or "localhost"
