"""`{% load discussions %}`: the newest discussions on the page of a noun."""

from django import template
from django.utils import timezone

from discussions.hosts import host_of
from discussions.place import Place

register = template.Library()
MOST = 4


@register.inclusion_tag("discussions/_latest.html", takes_context=True)
def latest_discussions(context, target, number):
    """Pinned ones first, as in the list, for those who read them; `number` is how many there are. Nothing without one."""
    user = context["request"].user
    if not (number and getattr(user, "may_act", False)):
        return {"threads": []}
    place = Place(host_of(target), target, user)
    rows = place.threads.standing().with_read_by(user, timezone.now()).in_order().select_related("started_by")[:MOST]
    return {"threads": [place.line(thread) for thread in rows], "place": place, "number": number}
