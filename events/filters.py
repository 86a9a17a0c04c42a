"""What is asked for in lists, months, calendars and feeds: the same parameters everywhere. What is unknown is left out."""

import re
from datetime import date, datetime, time, timedelta
from functools import cached_property
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from common.sorting import sorted_by_name
from events.enums import Kind
from events.models import Event
from organisations.models import Organisation
from taxonomy.models import Municipality, Theme
from workinggroups.models import WorkingGroup

#: Parameter → column.
FACETS = {
    "kind": "kind",
    "theme": "themes__slug",
    "municipality": "municipality__slug",
    "organisation": "organisation__slug",
    "group": "group__slug",
}
MOST_VALUES = 40
_SLUG = re.compile(r"[\w-]{1,130}")
PAST = "past"


class EventFilter:
    """The listed events that `user` may see and `parameters` (a QueryDict) ask for."""

    def __init__(self, parameters, user, now=None):
        self.parameters, self.user, self.now = parameters, user, now or timezone.now()
        self.is_past = parameters.get("when") == PAST
        self.first, self.last = _day(parameters.get("from")), _day(parameters.get("to"))

    @cached_property
    def chosen(self):
        """`{parameter: values}` that can be a slug or a kind, each once."""
        found = {}
        for name in FACETS:
            values = dict.fromkeys(value for value in self.parameters.getlist(name)[: 5 * MOST_VALUES] if _SLUG.fullmatch(value))
            found[name] = [value for value in values if name != "kind" or value in Kind.values][:MOST_VALUES]
        return found

    @cached_property
    def seen(self):
        return Event.objects.visible_to(self.user).listed()

    @cached_property
    def found(self):
        """What the facets and the period leave, past and to come, in no order."""
        events = self.seen
        for name, values in self.chosen.items():
            if values:
                events = events.filter(pk__in=Event.objects.filter(**{f"{FACETS[name]}__in": values}).values("pk"))
        if self.first:
            events = events.filter(ends_at__gt=_midnight(self.first))
        if self.last:
            events = events.filter(starts_at__lt=_midnight(self.last + timedelta(days=1)))
        return events

    @cached_property
    def queryset(self):
        return self.found.past(self.now) if self.is_past else self.found.upcoming(self.now)

    # ---- what the page offers

    @property
    def kinds(self):
        return [(value, label, value in self.chosen["kind"]) for value, label in Kind.choices]

    @cached_property
    def themes(self):
        return self._offered("theme", Theme.objects.filter(events__in=self.seen), lambda theme: str(theme))

    @cached_property
    def municipalities(self):
        return self._offered("municipality", Municipality.objects.filter(events__in=self.seen), str)

    @cached_property
    def organisations(self):
        seen = Organisation.objects.visible_to(self.user).filter(events__in=self.seen)
        return self._offered("organisation", seen, lambda organisation: organisation.name)

    @cached_property
    def groups(self):
        if not self.chosen["group"]:
            return []
        seen = WorkingGroup.objects.visible_to(self.user).filter(slug__in=self.chosen["group"]).prefetch_related("texts")
        return [(group.slug, str(group), True) for group in seen]

    def _offered(self, name, rows, label):
        """[(slug, name, chosen)] of what events have, in alphabetical order."""
        found = [(row.slug, label(row), row.slug in self.chosen[name]) for row in rows.distinct()]
        return sorted_by_name(found, name=lambda one: one[1])

    @property
    def chips(self):
        """What is chosen, each with the address without it."""
        titles = {
            "kind": _("Kind"), "theme": _("Theme"), "municipality": _("Municipality"), "organisation": _("Organisation"),
            "group": _("Working group"),
        }  # fmt: skip
        offered = {
            "kind": self.kinds, "theme": self.themes, "municipality": self.municipalities, "organisation": self.organisations,
            "group": self.groups,
        }  # fmt: skip
        found = [
            {"field": titles[name], "label": label, "url": self.address(without=(name, value))}
            for name, rows in offered.items()
            for value, label, is_chosen in rows
            if is_chosen
        ]
        for name, title, day in (("from", pgettext("period", "From"), self.first), ("to", pgettext("period", "To"), self.last)):
            if day:
                found.append({"field": title, "label": day.isoformat(), "url": self.address(without=(name, day.isoformat()))})
        return found

    def address(self, *, without=None, **changes):
        """`?…` of what was understood; `changes` replaces a parameter, None takes it away."""
        given = {**self.chosen, "from": _iso(self.first), "to": _iso(self.last), "when": [PAST] if self.is_past else []}
        given.update({name: [value] if value else [] for name, value in changes.items()})
        pairs = [(name, value) for name, values in given.items() for value in values if (name, value) != without]
        return "?" + urlencode(pairs) if pairs else "?"


def _day(text):
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if 2000 <= day.year <= 2100 else None


def _iso(day):
    return [day.isoformat()] if day else []


def _midnight(day):
    return datetime.combine(day, time(), tzinfo=ZoneInfo(settings.TIME_ZONE))
