"""The decision log: what was decided and is in force, of a group or of everybody the reader sees; searched, narrowed, latest first."""

from functools import cached_property
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import F
from django.utils.translation import gettext as _

from common.search import Matches, TextQuery, parse
from common.sorting import sorted_by_name
from events.models import Decision
from organisations.models import Organisation
from workinggroups.models import WorkingGroup

A_PAGE = 25
FACETS = ("year", "organisation", "group")


def ready(decisions):
    """Everything that a log shows of a decision comes along."""
    found = decisions.select_related("minutes__event__group", "minutes__event__organisation").defer("vector")
    return found.prefetch_related("organisations", "minutes__event__texts", "minutes__event__group__texts")


class DecisionLog:
    """What is asked for and what is found, for one reader. `group` fixes the log of one group. A constant number of queries."""

    def __init__(self, parameters, user, group=None):
        self.parameters, self.user, self.group = parameters, user, group
        self.search = parse(parameters.get("q", ""))

    @cached_property
    def seen(self):
        rows = Decision.objects.visible_to(self.user).in_force()
        return rows.filter(group=self.group) if self.group else rows

    @cached_property
    def years(self):
        return [str(year) for year in self.seen.order_by("-year").values_list("year", flat=True).distinct()]

    @cached_property
    def organisations(self):
        """[(slug, name)] of those that stood behind a decision."""
        rows = Organisation.objects.filter(decisions__in=self.seen, verified_at__isnull=False).distinct()
        return sorted_by_name(rows.values_list("slug", "name"), name=lambda row: row[1])

    @cached_property
    def groups(self):
        """[(slug, name)] of groups the reader may see."""
        if self.group:
            return []
        rows = WorkingGroup.objects.visible_to(self.user).filter(decisions__in=self.seen).distinct().prefetch_related("texts")
        return [(group.slug, str(group)) for group in sorted_by_name(rows)]

    @cached_property
    def chosen(self):
        """`{facet: value}` of what exists."""
        known = {"year": set(self.years), "organisation": dict(self.organisations), "group": dict(self.groups)}
        asked = {facet: self.parameters.get(facet, "") for facet in FACETS}
        return {facet: value for facet, value in asked.items() if value in known[facet]}

    @cached_property
    def queryset(self):
        rows, chosen = self.seen, self.chosen
        if "year" in chosen:
            rows = rows.filter(year=chosen["year"])
        if "group" in chosen:
            rows = rows.filter(group__slug=chosen["group"])
        if "organisation" in chosen:
            rows = rows.filter(organisations__slug=chosen["organisation"])
        if self.search.wanted:
            rows = rows.filter(Matches(F("vector"), TextQuery(self.search.wanted)))
        if self.search.unwanted:
            rows = rows.exclude(Matches(F("vector"), TextQuery(self.search.unwanted, every=False, prefix=False)))
        return rows.latest_first()

    @cached_property
    def page(self):
        return Paginator(ready(self.queryset), A_PAGE).get_page(self.parameters.get("page"))

    @property
    def count(self):
        return self.page.paginator.count

    @property
    def lines(self):
        """[(decision, event, name of the host)]"""
        return [(one, one.minutes.event, host_of(one)) for one in self.page]

    @property
    def selects(self):
        """[(name, label, [(value, name, chosen)])] of what can be chosen from."""
        rows = (("year", _("Year"), [(year, year) for year in self.years]), ("group", _("Working group"), self.groups),
                ("organisation", _("Organisation that stands behind it"), self.organisations))  # fmt: skip
        return [
            (name, label, [(value, shown, self.chosen.get(name) == value) for value, shown in choices])
            for name, label, choices in rows
            if choices
        ]

    @cached_property
    def chips(self):
        """What is chosen, each with the address without it."""
        names = {"organisation": dict(self.organisations), "group": dict(self.groups)}
        labels = {name: label for name, label, _choices in self.selects}
        chips = [
            {"field": labels[facet], "label": names.get(facet, {}).get(value, value), "url": self._without(facet)}
            for facet, value in self.chosen.items()
        ]
        return chips + ([{"field": _("Words"), "label": self.search.typed, "url": self._without("q")}] if self.search else [])

    def _pairs(self):
        return [*self.chosen.items(), *([("q", self.search.typed)] if self.search else [])]

    def _without(self, name):
        return "?" + urlencode([pair for pair in self._pairs() if pair[0] != name])

    @property
    def address(self):
        return f"?{urlencode(self._pairs())}" if self._pairs() else ""


def host_of(decision):
    """Who decided, as the reader of the event may know it."""
    return str(decision.minutes.event.host or settings.PORTAL["name"])
