"""`{% load events %}`: the next events of something, on its page; and a member's own next ones."""

from django import template
from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from common.navigation import address
from events.lists import next_cards
from events.models import Event, EventText
from events.moments import when

register = template.Library()
MOST, MOST_OWN = 4, 5
#: What events can be asked by: the parameter of the list, and the column.
ABOUT = {"theme": "themes", "municipality": "municipality", "organisation": "organisation", "group": "group"}


@register.inclusion_tag("events/_next.html", takes_context=True)
def next_events(context, about, noun):
    """The next events of a theme, municipality, organisation or group that the reader may see; nothing where there are none."""
    user = context["request"].user
    events = Event.objects.visible_to(user).filter(**{ABOUT[about]: noun})
    url = address("events:list", get_language())
    return {"cards": next_cards(events, MOST), "url": f"{url}?{about}={noun.slug}", "plan_url": _plan_url(user, about, noun)}


def _plan_url(user, about, noun):
    """Where an event of this host is planned; "" for whoever may not."""
    allowed = {"organisation": "organisations.write", "group": "workinggroups.change"}.get(about)
    if not allowed or not user.is_authenticated or not user.has_perm(allowed, noun):
        return ""
    return f"{reverse('events:create')}?host={about}-{noun.pk}"


@register.simple_tag(takes_context=True)
def own_next_events(context):
    """[(event, when)] of what the member comes to or waits for next; two questions."""
    user, now = context["request"].user, timezone.now()
    mine = Event.objects.visible_to(user).taking_place().filter(pk__in=user.registrations.standing().values("event"))
    texts = EventText.objects.defer("description", "keywords", "vector")
    rows = mine.upcoming(now).prefetch_related(Prefetch("texts", texts))[:MOST_OWN]
    return [(event, when(event)) for event in rows]
