"""The events of any filter as an Atom feed (RFC 4287), those published last first."""

from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events.lists import ready
from events.moments import when, where

LENGTH = 40


class EventAtom(Atom1Feed):
    """An entry says its own language; the feed is in the reader's."""

    def item_attributes(self, item):
        attributes = super().item_attributes(item)
        return attributes | ({"xml:lang": item["language"]} if item["language"] else {})


def event_feed(found, absolute):
    """The feed of an `EventFilter` as text. `absolute(path)` gives the whole address of a path."""
    here = absolute(reverse("events:feed") + found.address(when=None))
    feed = EventAtom(
        title=f"{_('Events')} · {settings.PORTAL['name']}",
        link=absolute(reverse("events:list") + found.address(when=None)),
        feed_url=here,
        description=_("Meetings, webinars, courses and open days."),
        language=get_language(),
        feed_guid=here,
    )
    host = urlsplit(settings.SITE_URL).hostname
    for event in ready(found.found.order_by("-published_at", "-pk")[:LENGTH]):
        text = event.text
        title = _("Cancelled: %(title)s") % {"title": text.title} if event.is_cancelled else text.title
        words = [f"{when(event)}. {where(event)}", event.state_reason if event.is_cancelled else "", text.summary]
        feed.add_item(
            title=title,
            link=absolute(event.get_absolute_url()),
            description="\n\n".join(part for part in words if part),
            author_name=str(event.host or settings.PORTAL["name"]),
            unique_id=f"tag:{host},{event.published_at:%Y-%m-%d}:event-{event.uid}",
            pubdate=event.published_at,
            updateddate=max(event.published_at, event.updated_at),
            categories=[str(theme) for theme in event.themes.all()],
            language=text.language if text.language in dict(settings.LANGUAGES) else "",
        )
    return feed.writeString("utf-8")
