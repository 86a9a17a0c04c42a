"""The newest projects of any filter as an Atom feed (RFC 4287)."""

from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from common.languages import UNSPECIFIED

LENGTH = 40


class ProjectAtom(Atom1Feed):
    """An entry says its own language; the feed is in the reader's."""

    def item_attributes(self, item):
        attributes = super().item_attributes(item)
        return attributes | ({"xml:lang": item["language"]} if item["language"] else {})


def entry_id(slug_or_pk, published):
    """An id that stays when addresses change (RFC 4151)."""
    host = urlsplit(settings.SITE_URL).hostname
    return f"tag:{host},{published:%Y-%m-%d}:project-{slug_or_pk}"


def project_feed(found, absolute):
    """The feed of a `ProjectFilter` as text. `absolute(path)` gives the whole address of a path."""
    cards = found.newest()[:LENGTH].for_cards("published_at", "updated_at")
    address = found.address(sort=None)
    feed = ProjectAtom(
        title=f"{_('Projects')} · {settings.PORTAL['name']}",
        link=absolute(reverse("projects:list") + address),
        feed_url=absolute(reverse("projects:feed") + address),
        description=_("What has been tried in the region, by whom, and how it went."),
        language=get_language(),
        feed_guid=absolute(reverse("projects:feed") + address),
    )
    for card in cards:
        published, updated = card.extra
        language = card.text["language"]
        feed.add_item(
            title=str(card),
            link=absolute(card.get_absolute_url()),
            description=card.text["summary"],
            author_name=card.organisation,
            unique_id=entry_id(card.pk, published),
            pubdate=published,
            updateddate=max(published, updated),
            categories=[str(card.theme)] if card.theme else [],
            language="" if language in ("", UNSPECIFIED) else language,
        )
    return feed.writeString("utf-8")
