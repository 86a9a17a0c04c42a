"""Events as calendar programs read them (RFC 5545): one file, a feed, and what is attached to a mail.

The same event always gives the same bytes: the stamps are those of its last change, so that an unchanged feed is a 304.
"""

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Event as Entry

from common.ics import framed, organizer
from common.languages import pick_text
from common.mail import absolute
from events.enums import State
from events.moments import where


def calendar(events, *, name="", links=frozenset(), more=()):
    """A VCALENDAR of `events` (with texts, municipality, organisation and group at hand) in the reader's language, as text.

    `links`: primary keys of the events whose link to take part online may be told. A cancelled event stays, and says so. `more`: what
    else stands in it, as `common.ics.framed` takes it.
    """
    entries = [(_entry(event, with_link=event.pk in links), event.time_zone, event.starts, event.ends) for event in events]
    return framed([*entries, *more], name=name)


def file_for(event, *, with_link):
    """One event as a file."""
    return calendar([event], links={event.pk} if with_link else frozenset())


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
    entry.add("organizer", organizer(event.host))
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
