"""Events as calendar programs read them (RFC 5545): one file, a feed, and what is attached to a mail.

The same event always gives the same bytes: the stamps are those of its last change, so that an unchanged feed is a 304.
"""

from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Calendar, vCalAddress, vText
from icalendar import Event as Entry

from common.languages import pick_text
from common.mail import absolute
from events.enums import State
from events.moments import where
from events.zones import vtimezone

CONTENT_TYPE = "text/calendar; charset=utf-8"
METHOD = "PUBLISH"
#: How often a program need look again.
REFRESH = timedelta(hours=1)


def calendar(events, *, name="", links=frozenset()):
    """A VCALENDAR of `events` (with texts, municipality, organisation and group at hand) in the reader's language, as text.

    `links`: primary keys of the events whose link to take part online may be told. A cancelled event stays, and says so.
    """
    events = list(events)
    found = Calendar()
    found.add("prodid", f"-//{_host()}//{settings.PORTAL['name']}//{(get_language() or 'en').upper()}")
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    found.add("method", METHOD)
    if name:
        found.add("name", name)
        found.add("x-wr-calname", name)
        found.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
        found.add("x-published-ttl", "PT1H")
    for zone, first, last in _zones(events):
        found.add_component(vtimezone(zone, first, last))
    for event in events:
        found.add_component(_entry(event, with_link=event.pk in links))
    return found.to_ical().decode()


def file_for(event, *, with_link):
    """One event as a file."""
    return calendar([event], links={event.pk} if with_link else frozenset())


def _zones(events):
    """[(zone, first year, last year)] that the events need; UTC needs none."""
    years = {}
    for event in events:
        if event.time_zone != "UTC":
            years.setdefault(event.time_zone, set()).update((event.starts.year, event.ends.year))
    return [(zone, min(of) - 1, max(of) + 1) for zone, of in sorted(years.items())]


def _entry(event, *, with_link):
    text = pick_text(event.texts.all())
    address = absolute(event.get_absolute_url())
    entry = Entry()
    entry.add("uid", str(event.uid))
    entry.add("sequence", event.sequence)
    entry.add("dtstamp", event.updated_at.replace(microsecond=0))
    entry.add("created", event.created_at.replace(microsecond=0))
    entry.add("last-modified", event.updated_at.replace(microsecond=0))
    entry.add("dtstart", event.starts)
    entry.add("dtend", event.ends)
    entry.add("status", "CANCELLED" if event.state == State.CANCELLED else "CONFIRMED")
    entry.add("transp", "TRANSPARENT" if event.state == State.CANCELLED else "OPAQUE")
    entry.add("summary", _title(event, text), parameters=_language(text))
    entry.add("description", _words(event, text, address, with_link))
    if place := where(event):
        entry.add("location", place)
    if event.latitude is not None and event.longitude is not None:
        entry.add("geo", (event.latitude, event.longitude))
    entry.add("url", address)
    if themes := [str(theme) for theme in event.themes.all()]:
        entry.add("categories", themes)
    entry.add("organizer", _organizer(event))
    return entry


def _title(event, text):
    title = text.title if text else event.slug
    return _("Cancelled: %(title)s") % {"title": title} if event.state == State.CANCELLED else title


def _language(text):
    known = text and text.language in dict(settings.LANGUAGES)
    return {"LANGUAGE": text.language} if known else {}


def _words(event, text, address, with_link):
    """Reason of a cancellation, summary, how to get there, the link for those who may have it, and the page."""
    parts = [
        event.state_reason if event.state == State.CANCELLED else "",
        text.summary if text else "",
        event.directions,
        _("Take part online: %(url)s") % {"url": event.online_url} if with_link and event.online_url else "",
        address,
    ]
    return "\n\n".join(part for part in parts if part)


def _organizer(event):
    """The portal's own address with the host's name: nobody's mail address stands in a feed."""
    who = vCalAddress(f"mailto:{settings.PORTAL['contact_email'] or f'noreply@{_host()}'}")
    who.params["CN"] = vText(str(event.host or settings.PORTAL["name"]))
    return who


def _host():
    return urlsplit(settings.SITE_URL).hostname or "localhost"
