"""The list of reports: theme, municipality, lab, who tested, whether it goes on, and words; what is unknown is left out."""

from functools import cached_property
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import F
from django.utils.translation import gettext as _

from common.search import Matches, TextQuery, parse
from common.sorting import sorted_by_name
from livinglabs.models import LivingLab
from organisations.models import Organisation
from taxonomy.models import Municipality, Theme
from testreports.enums import GoesOn
from testreports.models import TestReport, TestReportText

A_PAGE = 24
#: Parameter → the column it narrows.
FACETS = {
    "theme": "lab__themes__slug", "municipality": "lab__sites__municipality__slug", "lab": "lab__slug",
    "organisation": "organisation__slug", "goes_on": "goes_on",
}  # fmt: skip
LONGEST = 120


class ReportFilter:
    """What is asked for and the reports found, for one reader. The number of queries does not grow with the rows."""

    def __init__(self, parameters, user):
        self.parameters, self.user = parameters, user
        self.search = parse(parameters.get("q", ""))

    @cached_property
    def seen(self):
        return TestReport.objects.visible_to(self.user).listed()

    @cached_property
    def choices(self):
        """`{facet: {value: name}}` of what the reader's reports have."""
        seen = self.seen.order_by()
        themes = Theme.objects.filter(living_labs__in=seen.values("lab")).distinct().order_by("position", "slug")
        places = Municipality.objects.filter(lab_sites__lab__in=seen.values("lab")).distinct()
        labs = LivingLab.objects.filter(pk__in=seen.values("lab")).prefetch_related("texts")
        companies = Organisation.objects.filter(pk__in=seen.values("organisation"))
        goes_on = set(seen.values_list("goes_on", flat=True))
        return {
            "theme": {one.slug: str(one) for one in themes},
            "municipality": {one.slug: str(one) for one in sorted_by_name(places)},
            "lab": {one.slug: str(one) for one in sorted_by_name(labs)},
            "organisation": {one.slug: one.name for one in sorted_by_name(companies)},
            "goes_on": {one.value: str(one.label) for one in GoesOn if one in goes_on},
        }

    @cached_property
    def chosen(self):
        """`{facet: value}` of what exists; of several values the last counts."""
        asked = {facet: self.parameters.get(facet, "")[:LONGEST] for facet in FACETS}
        return {facet: value for facet, value in asked.items() if value in self.choices[facet]}

    @cached_property
    def queryset(self):
        """The reports found, those that can be read last first."""
        rows = self.seen
        for facet, value in self.chosen.items():
            rows = rows.filter(pk__in=TestReport._base_manager.filter(**{FACETS[facet]: value}).values("pk"))
        if self.search:
            rows = rows.filter(pk__in=self._answering())
        return rows.order_by("-released_at", "-pk")

    def _answering(self):
        texts = TestReportText.objects.all()
        if self.search.wanted:
            texts = texts.filter(Matches(F("vector"), TextQuery(self.search.wanted)))
        if self.search.unwanted:
            texts = texts.exclude(Matches(F("vector"), TextQuery(self.search.unwanted, every=False, prefix=False)))
        return texts.values("report")

    @cached_property
    def page(self):
        return Paginator(ready(self.queryset), A_PAGE).get_page(self.parameters.get("page"))

    @property
    def count(self):
        return self.page.paginator.count

    # ---- words

    @property
    def selects(self):
        """[(parameter, label, [(value, name, chosen)])] of those with something to choose."""
        rows = (
            ("theme", _("Theme")), ("municipality", _("Municipality")), ("lab", _("Living lab")), ("organisation", _("Who tested")),
            ("goes_on", _("Would the host go on?")),
        )  # fmt: skip
        return [
            (facet, label, [(value, name, self.chosen.get(facet) == value) for value, name in self.choices[facet].items()])
            for facet, label in rows
            if self.choices[facet]
        ]

    @property
    def chips(self):
        """What is chosen, each with the address without it."""
        labels = {facet: label for facet, label, _entries in self.selects}
        chips = [
            {"field": labels[facet], "label": self.choices[facet][value], "url": self._without(facet)}
            for facet, value in self.chosen.items()
        ]
        words = [{"field": _("Words"), "label": self.search.typed, "url": self._without("q")}] if self.search else []
        return chips + words

    def _pairs(self):
        return [*self.chosen.items()] + ([("q", self.search.typed)] if self.search else [])

    def _without(self, name):
        return "?" + urlencode([pair for pair in self._pairs() if pair[0] != name])

    @property
    def address(self):
        """The query string of what is chosen; "" for nothing."""
        return f"?{urlencode(self._pairs())}" if self._pairs() else ""


def ready(reports):
    """With what a card shows, in a fixed number of queries."""
    return reports.select_related("organisation", "lab__organisation").prefetch_related("texts", "lab__texts", "lab__themes")


def listed_reports(user, **where):
    """Reports that stand on the pages of other nouns, ready for cards, those that can be read last first."""
    rows = TestReport.objects.visible_to(user).listed()
    found = TestReport._base_manager.filter(**where).order_by().values("pk")
    return ready(rows.filter(pk__in=found)).order_by("-released_at", "-pk")
