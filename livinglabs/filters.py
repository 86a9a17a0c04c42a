"""The list's filter: which labs somebody asked for. List, map, feed and files read the same parameters.

OR within a filter, AND between filters. What is not known here is left out, never passed on to the database.
"""

import re
from functools import cached_property
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from common.search import Matches, Rank, TextQuery, parse
from common.sorting import sort_key
from livinglabs.enums import HIGHEST_TRL, LOWEST_TRL, TRL, OfferKind
from livinglabs.models import Infrastructure, LabText, LivingLab, Offer, OfferText
from organisations.models import Organisation
from projects.facets import Facet, Option
from taxonomy.models import Municipality, Theme

A_PAGE = 24
MOST_VALUES = 40  # of one filter
MOST_OPTIONS = 60
FACETS = {
    "theme": pgettext_lazy("filter", "Theme"),
    "kind": pgettext_lazy("filter", "What can be booked"),
    "municipality": pgettext_lazy("filter", "Municipality"),
    "infrastructure": pgettext_lazy("filter", "Infrastructure"),
    "trl": pgettext_lazy("filter", "Readiness of the product (TRL)"),
    "organisation": pgettext_lazy("filter", "Organisation"),
}
OPEN = ("theme", "kind", "municipality")
_CODED = {"kind": frozenset(OfferKind.values), "trl": frozenset(map(str, range(LOWEST_TRL, HIGHEST_TRL + 1)))}
_SLUG = re.compile(r"[\w-]{1,130}")


class _Terms(models.Func):
    """The values of `facet_terms`, one row each."""

    function, output_field, set_returning = "unnest", models.TextField(), True


def _values(parameters, name):
    """The values of a filter that can be a slug or code, each once."""
    given = (value.strip() for value in parameters.getlist(name)[: 5 * MOST_VALUES])
    known = _CODED.get(name)
    values = (value for value in given if (value in known if known else _SLUG.fullmatch(value)))
    return tuple(dict.fromkeys(values))[:MOST_VALUES]


class LabFilter:
    """The labs that `user` may see and `parameters` (a QueryDict) ask for."""

    url_name = "livinglabs:list"

    def __init__(self, parameters, user):
        self.parameters, self.user = parameters, user
        self.search = parse(parameters.get("q"))
        self.chosen = {name: values for name in FACETS if (values := _values(parameters, name))}

    @cached_property
    def seen(self):
        """Everything listed that the reader may see, before any filter."""
        return LivingLab.objects.visible_to(self.user).listed().order_by()

    @cached_property
    def found(self):
        """What answers the words, before the other filters. A lab is found by the words of its offers, too."""
        return self._answering(self.seen) if self.search else self.seen

    def _answering(self, labs):
        if self.search.wanted:
            by_words = Matches(F("vector"), TextQuery(self.search.wanted), by_index=True)
            offers = Offer.objects.listed().filter(pk__in=OfferText.objects.filter(by_words).values("offer"))
            having = Q(pk__in=LabText.objects.filter(by_words).values("lab")) | Q(pk__in=offers.values("lab"))
            labs = labs.filter(having)
        if self.search.unwanted:
            unwanted = Matches(F("vector"), TextQuery(self.search.unwanted, every=False, prefix=False), by_index=True)
            labs = labs.exclude(pk__in=LabText.objects.filter(unwanted).values("lab"))
        return labs

    def without(self, *names):
        """The labs of all filters but these."""
        labs = self.found
        for name, values in self.chosen.items():
            if name not in names:
                labs = labs.filter(facet_terms__overlap=[f"{name}:{value}" for value in values])
        return labs

    @cached_property
    def queryset(self):
        """The labs found: the best match first where words are given, else the newest."""
        labs = self.without()
        if self.search.wanted:
            query = TextQuery(self.search.wanted, every=False)
            best = LabText.objects.filter(lab=OuterRef("pk")).annotate(rank=Rank(F("vector"), query)).order_by("-rank").values("rank")[:1]
            return labs.annotate(rank=Coalesce(Subquery(best), 0.0)).order_by("-rank", "-published_at", "-pk")
        return labs.order_by("-published_at", "-pk")

    @cached_property
    def page(self):
        return Paginator(self.queryset.for_cards(), A_PAGE).get_page(self.parameters.get("page"))

    @property
    def count(self):
        return self.page.paginator.count

    # ---- numbers and names of the filters

    @cached_property
    def numbers(self):
        """`{term: number}`: how many labs choosing it shows. A filter does not narrow its own numbers; one query."""
        free = self._counted(self.without(), "")
        own = [self._counted(self.without(name), name) for name in self.chosen]
        rows = free.union(*own, all=True) if own else free
        found = {}
        for facet, term, n in rows:
            name = term.partition(":")[0]
            if facet == name or (not facet and name not in self.chosen):
                found[term] = n
        return found

    def _counted(self, labs, facet):
        named = models.Value(facet, models.TextField())
        counted = labs.order_by().annotate(term=_Terms(F("facet_terms"))).values("term").annotate(n=Count("pk"))
        return counted.annotate(facet=named).values_list("facet", "term", "n")

    @cached_property
    def names(self):
        """`{term: name in the reader's language}`; one query for each kind of noun that is named."""
        wanted = {}
        for term in (*self.numbers, *(f"{name}:{value}" for name, values in self.chosen.items() for value in values)):
            name, _colon, value = term.partition(":")
            wanted.setdefault(name, set()).add(value)
        named = {f"kind:{kind.value}": str(kind.label) for kind in OfferKind}
        named |= {f"trl:{level}": f"{level} – {words}" for level, words in TRL.items()}
        for name, model in (("theme", Theme), ("municipality", Municipality), ("infrastructure", Infrastructure)):
            if wanted.get(name):
                named |= {f"{name}:{one.slug}": str(one) for one in model.objects.filter(slug__in=wanted[name])}
        if wanted.get("organisation"):
            rows = Organisation.objects.visible_to(self.user).filter(slug__in=wanted["organisation"])
            named |= {f"organisation:{slug}": name for slug, name in rows.values_list("slug", "name")}
        return named

    @cached_property
    def facets(self):
        """Every filter that has a value to choose, drawn like those of the projects."""
        return [facet for name in FACETS if (facet := self._facet(name)).options]

    def _facet(self, name):
        chosen = self.chosen.get(name, ())
        sizes = {term.partition(":")[2]: n for term, n in self.numbers.items() if term.startswith(f"{name}:")}
        options = [
            Option(value, self.names[f"{name}:{value}"], sizes.get(value, 0), value in chosen)
            for value in dict.fromkeys([*sizes, *chosen])
            if f"{name}:{value}" in self.names
        ]
        order = {value: place for place, value in enumerate(OfferKind.values)} if name == "kind" else {}
        options.sort(key=lambda option: order.get(option.value, -1) if name == "kind" else sort_key(option.label))
        shown = options[:MOST_OPTIONS]
        return Facet(name, str(FACETS[name]), shown, len(options) - len(shown), name in OPEN or bool(chosen), "")

    # ---- where one can go from here

    def pairs(self, **changes):
        """The understood parameters as (name, value) pairs; `changes` replaces those of one name, None takes them away."""
        given = {"q": [self.search.typed] if self.search.typed else [], **self.chosen}
        given.update({name: value or [] for name, value in changes.items()})
        return [(name, value) for name, values in given.items() for value in values]

    def address(self, **changes):
        """The query string of what is asked for; "" for nothing."""
        pairs = self.pairs(**changes)
        return f"?{urlencode(pairs)}" if pairs else ""

    @property
    def query(self):
        """`address` without changes, for templates."""
        return self.address()

    @property
    def url(self):
        return reverse(self.url_name)

    @cached_property
    def chips(self):
        """What is chosen, each with the address without it."""
        words = self.search.typed
        typed = [{"field": _("Words"), "label": words, "url": self.url + self.address(q=None)}] if words else []
        return typed + [
            {"field": str(FACETS[name]), "label": self.names.get(f"{name}:{value}", value),
             "url": self.url + self.address(**{name: [one for one in values if one != value]})}
            for name, values in self.chosen.items()
            for value in values
        ]  # fmt: skip

    @property
    def views(self):
        """List and map of the same labs, for the toggle."""
        here = (("livinglabs:list", _("List"), "grid"), ("livinglabs:map", _("Map"), "map"))
        return [
            {"label": label, "url": reverse(name) + self.query, "icon": icon, "current": name == self.url_name}
            for name, label, icon in here
        ]

    @property
    def views_label(self):
        return _("View")

    @property
    def is_narrowed(self):
        return bool(self.search or self.chosen)


def listed_labs(user, **where):
    """Labs that stand on the pages of other nouns, ready for cards; `where` narrows them by terms, such as `theme="energy"`."""
    wanted = [f"{name}:{value}" for name, value in where.items()]
    return LivingLab.objects.visible_to(user).listed().filter(facet_terms__contains=wanted).order_by("-published_at", "-pk").for_cards()
