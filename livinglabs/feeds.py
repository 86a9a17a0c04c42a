"""The newest labs of any filter, and what they offer, as an Atom feed (RFC 4287)."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from livinglabs.models import Offer
from projects.feeds import ProjectAtom

LENGTH = 40


def lab_feed(found, absolute):
    """The feed of a `LabFilter` as text. `absolute(path)` gives the whole address of a path."""
    here = absolute(reverse("livinglabs:feed") + found.query)
    feed = ProjectAtom(
        title=f"{_('Living labs')} · {settings.PORTAL['name']}",
        link=absolute(reverse("livinglabs:list") + found.query), feed_url=here, feed_guid=here, language=get_language(),
        description=_("Where products and services can be tried in real life, and what is offered there."),
    )  # fmt: skip
    for one, title, words, who in _entries(found):
        text = one.text
        feed.add_item(
            title=title, link=absolute(one.get_absolute_url()), description=words, author_name=who,
            unique_id=absolute(one.get_absolute_url()), pubdate=one.published_at, updateddate=max(one.published_at, one.updated_at),
            categories=[str(theme) for theme in one.themes.all()], language=text.language,
        )  # fmt: skip
    return feed.writeString("utf-8")


def _entries(found):
    """[(noun, title, words, who)], labs and offers together, the newest first."""
    newest = found.without().order_by("-published_at", "-pk")
    labs = newest.select_related("organisation").prefetch_related("texts", "themes")[:LENGTH]
    offers = Offer.objects.visible_to(found.user).listed().filter(lab__in=found.without().values("pk")).order_by("-published_at", "-pk")
    offers = offers.select_related("lab__organisation").prefetch_related("texts", "themes", "lab__texts")[:LENGTH]
    rows = [(lab, lab.text.name, lab.text.summary, lab.organisation.name) for lab in labs]
    rows += [(offer, f"{offer.text.title} · {offer.lab}", offer.text.summary, offer.lab.organisation.name) for offer in offers]
    return sorted(rows, key=lambda row: row[0].published_at, reverse=True)[:LENGTH]
