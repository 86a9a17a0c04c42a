"""`{% load events %}`: the next events of something, on its page; and a member's own next ones."""

from dataclasses import dataclass

from django import template
from django.db.models import Case, OuterRef, SmallIntegerField, Subquery, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from common.navigation import address
from events.lists import next_cards
from events.models import Decision, Event, EventText
from events.moments import when

register = template.Library()
MOST, MOST_OWN, MOST_DECISIONS = 4, 5, 3
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


@dataclass(frozen=True)
class Next:
    """A line of the desk."""

    title: str
    language: str
    url: str
    when: str


@register.simple_tag(takes_context=True)
def own_next_events(context):
    """[Next] of what the member comes to or waits for; one question."""
    user, now = context["request"].user, timezone.now()
    texts = EventText.objects.filter(event=OuterRef("pk"))
    first = texts.annotate(is_own=_in_language(get_language())).order_by("-is_own", "-is_original")
    mine = Event.objects.visible_to(user).taking_place().filter(pk__in=user.registrations.standing().values("event"))
    shown = {"shown_title": Subquery(first.values("title")[:1]), "shown_language": Subquery(first.values("language")[:1])}
    rows = mine.upcoming(now).annotate(**shown)[:MOST_OWN]
    return [Next(event.shown_title or event.slug, event.shown_language or "", event.get_absolute_url(), when(event)) for event in rows]


def _in_language(code):
    return Case(When(language=code, then=Value(1)), default=Value(0), output_field=SmallIntegerField())


@register.simple_tag
def event_when(event):
    """“Thursday 3 December 2026, 13.00–15.30”"""
    return when(event)


@register.inclusion_tag("events/_latest_decisions.html", takes_context=True)
def latest_decisions(context, group):
    """The last decisions of a group, on its overview; nothing where there are none."""
    user = context["request"].user
    rows = Decision.objects.visible_to(user).in_force().filter(group=group).select_related("minutes__event").defer("vector")
    url = reverse("group_meetings:decisions", args=[group.slug])
    return {"decisions": list(rows.latest_first()[:MOST_DECISIONS]), "url": url}
