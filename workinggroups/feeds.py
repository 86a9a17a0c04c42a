"""The newest groups of any filter as an Atom feed (RFC 4287)."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from projects.feeds import ProjectAtom

LENGTH = 40


def group_feed(found, absolute):
    """The feed of a `GroupFilter` as text. `absolute(path)` gives the whole address of a path."""
    here = absolute(reverse("workinggroups:feed") + found.address)
    feed = ProjectAtom(
        title=f"{_('Working groups')} · {settings.PORTAL['name']}",
        link=absolute(reverse("workinggroups:list") + found.address),
        feed_url=here, feed_guid=here, language=get_language(),
        description=_("Groups in which peers of the region work on a theme together."),
    )  # fmt: skip
    rows = found.queryset.select_related("organisation").prefetch_related("texts", "themes").order_by("-published_at", "-pk")
    for group in rows[:LENGTH]:
        text = group.text
        feed.add_item(
            title=str(group), link=absolute(group.get_absolute_url()), description=text.purpose if text else "",
            author_name=group.organisation.name, unique_id=absolute(group.get_absolute_url()), pubdate=group.published_at,
            updateddate=max(group.published_at, group.last_activity_at), categories=[str(theme) for theme in group.themes.all()],
            language=text.language if text else "",
        )  # fmt: skip
    return feed.writeString("utf-8")
