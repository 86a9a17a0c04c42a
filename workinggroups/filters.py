"""The list of groups: theme, organisation, joining, sign of life and words; what is unknown is left out."""

from collections import Counter
from functools import cached_property
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from common.publishing import State
from common.search import Matches, TextQuery, parse
from common.sorting import sorted_by_name
from organisations.models import Organisation
from taxonomy.models import Theme
from workinggroups.enums import Joining, Sign
from workinggroups.models import GroupText, Seat, WorkingGroup

A_PAGE = 24
FACETS = ("theme", "organisation", "joining", "sign")


class GroupFilter:
    """What is asked for, what there is, and the groups found, for one reader. The number of queries does not grow with the rows."""

    def __init__(self, parameters, user, *, now=None):
        self.parameters, self.user, self.now = parameters, user, now or timezone.now()
        self.search = parse(parameters.get("q", ""))
        self.closed = parameters.get("closed") == "1"

    @cached_property
    def seen(self):
        """What is listed; with `closed` what is closed, for what it left behind."""
        rows = WorkingGroup.objects.visible_to(self.user)
        return rows.filter(state=State.ARCHIVED) if self.closed else rows.listed()

    @cached_property
    def values(self):
        """`{facet: {primary key: values}}` of everything the reader sees."""
        found = {facet: {} for facet in FACETS}
        for group in self.seen.only("pk", "joining", "last_activity_at"):
            found["joining"][group.pk] = {group.joining}
            found["sign"][group.pk] = {group.sign_at(self.now)}
        for name, rows in (("theme", self._themes()), ("organisation", self._organisations())):
            for pk, slug in rows:
                found[name].setdefault(pk, set()).add(slug)
        return found

    def _themes(self):
        return self.seen.filter(themes__isnull=False).order_by().values_list("pk", "themes__slug")

    def _organisations(self):
        """Who founded a group and who has a seat in it."""
        seats = Seat.objects.filter(group__in=self.seen.order_by().values("pk")).order_by()
        return self.seen.order_by().values_list("pk", "organisation__slug").union(seats.values_list("group", "organisation__slug"))

    @cached_property
    def numbers(self):
        """`{facet: {value: number of groups}}`."""
        return {facet: Counter(value for values in rows.values() for value in values) for facet, rows in self.values.items()}

    @cached_property
    def chosen(self):
        """`{facet: [values]}` of what exists."""
        asked = {facet: dict.fromkeys(self.parameters.getlist(facet)) for facet in FACETS}
        return {facet: [value for value in values if value in self.numbers[facet]] for facet, values in asked.items()}

    @cached_property
    def queryset(self):
        """The groups found, the liveliest first."""
        keys = None
        for facet, values in self.chosen.items():
            if values:
                having = {pk for pk, own in self.values[facet].items() if own & set(values)}
                keys = having if keys is None else keys & having
        rows = self.seen if keys is None else self.seen.filter(pk__in=keys)
        if self.search:
            rows = rows.filter(pk__in=self._answering())
        return rows.order_by("-last_activity_at", "-pk")

    def _answering(self):
        texts = GroupText.objects.filter(group__in=self.seen.order_by().values("pk"))
        if self.search.wanted:
            texts = texts.filter(Matches(F("vector"), TextQuery(self.search.wanted)))
        if self.search.unwanted:
            texts = texts.exclude(Matches(F("vector"), TextQuery(self.search.unwanted, every=False, prefix=False)))
        return texts.values("group")

    @cached_property
    def page(self):
        shown = self.queryset.with_numbers().select_related("organisation").prefetch_related("texts", "themes")
        return Paginator(shown, A_PAGE).get_page(self.parameters.get("page"))

    @property
    def count(self):
        return self.page.paginator.count

    # ---- words

    @property
    def themes(self):
        rows = Theme.objects.filter(slug__in=self.numbers["theme"]).order_by("position", "slug")
        return [self._entry("theme", theme.slug, str(theme)) for theme in rows]

    @cached_property
    def organisations(self):
        rows = Organisation.objects.filter(slug__in=self.numbers["organisation"]).values_list("slug", "name")
        return [self._entry("organisation", slug, name) for slug, name in sorted_by_name(rows, name=lambda row: row[1])]

    @property
    def joinings(self):
        return [self._entry("joining", one.value, one.label) for one in Joining if one in self.numbers["joining"]]

    @property
    def signs(self):
        return [self._entry("sign", one.value, one.label) for one in Sign if one in self.numbers["sign"]]

    def _entry(self, facet, value, name):
        """(value, name, number, chosen)"""
        return value, name, self.numbers[facet][value], value in self.chosen[facet]

    @cached_property
    def facets(self):
        """[(facet, title, entries)] of those with something to choose."""
        rows = (("theme", _("Theme"), self.themes), ("joining", _("Joining"), self.joinings), ("sign", _("Sign of life"), self.signs),
                ("organisation", _("Organisation"), self.organisations))  # fmt: skip
        return [(facet, title, entries) for facet, title, entries in rows if entries]

    @cached_property
    def chips(self):
        """What is chosen, each with the address without it."""
        chips = [
            {"field": title, "label": name, "url": self._without(facet, value)}
            for facet, title, entries in self.facets
            for value, name, _number, is_chosen in entries
            if is_chosen
        ]
        words = [{"field": _("Words"), "label": self.search.typed, "url": self._without("q", self.search.typed)}] if self.search else []
        return chips + words

    def _pairs(self):
        pairs = [(facet, value) for facet, values in self.chosen.items() for value in values]
        return pairs + ([("q", self.search.typed)] if self.search else []) + ([("closed", "1")] if self.closed else [])

    def _without(self, name, value):
        return "?" + urlencode([pair for pair in self._pairs() if pair != (name, value)])

    @property
    def address(self):
        """The query string of what is chosen; "" for nothing."""
        return f"?{urlencode(self._pairs())}" if self._pairs() else ""

    @property
    def is_narrowed(self):
        return bool(self.chips)


def listed_groups(user, *, near="", **where):
    """Groups that stand on the pages of other nouns, ready for cards; `where` narrows them.

    `near`: the slug of a municipality whose organisations founded them or have a seat in them.
    """
    rows = WorkingGroup.objects.visible_to(user).listed().filter(**where)
    if near:
        seats = Seat.objects.filter(organisation__municipality__slug=near)
        rows = rows.filter(Q(organisation__municipality__slug=near) | Q(pk__in=seats.values("group")))
    return rows.with_numbers().select_related("organisation").prefetch_related("texts", "themes").order_by("-last_activity_at", "-pk")
