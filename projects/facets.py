"""The filters as the page shows them: values with names in the reader's language and numbers."""

import json
from dataclasses import dataclass

from django.db.models import TextField, Value
from django.db.models.functions import Cast
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from common.countries import country_name
from common.formats import number
from common.languages import in_language
from common.markup import icon
from common.sorting import sort_key
from organisations.models import Organisation
from projects.enums import Kind, Phase
from projects.filters import FACETS
from taxonomy.models import Municipality, Region, Tag, Theme

SHOWN = 10  # values of a filter, and the chosen ones
MOST = 200  # values behind "more"
OPEN = ("theme", "phase", "municipality")  # the others are folded until something in them is chosen
#: Filters whose values have an order of their own.
_ORDERED = {"phase": Phase.values, "kind": Kind.values}
_NAMED = {
    # model, column of the official name, column of names by language
    "theme": (Theme, "slug", "names"),
    "region": (Region, "slug", "names"),
    "municipality": (Municipality, "name", "names"),
    "organisation": (Organisation, "name", None),
    "tag": (Tag, "name", None),
}


@dataclass(frozen=True)
class Option:
    """One value of a filter; `n` is how many projects choosing it shows."""

    value: str
    label: str
    n: int
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    """A filter with its values; `hidden` of them are not shown, `more_url` leads to them."""

    name: str
    label: str
    options: list
    hidden: int
    is_open: bool
    more_url: str

    def __str__(self):
        return self.html

    @property
    def html(self):
        """Put together here instead of in a template: a page has sixty options."""
        options = "".join(self._option(option) for option in self.options)
        return mark_safe(
            f'<details class="facet" id="facet-{self.name}"{" open" if self.is_open else ""}>'
            f"<summary>{escape(self.label)}{icon('chevron-down')}</summary><ul>{options}{self._more()}</ul></details>"
        )

    def _option(self, option):
        value = escape(option.value)
        return (
            f'<li><label class="facet__option"><input type="checkbox" id="{self.name}-{value}" name="{self.name}" value="{value}"'
            f"{' checked' if option.is_chosen else ''}><span>{escape(option.label)}</span>"
            f'<span class="facet__count">{number(option.n)}</span></label></li>'
        )

    def _more(self):
        if self.hidden <= 0:
            return ""
        if not self.more_url:
            words = _("The %(shown)s largest of %(all)s. Search for the others by name.")
            return f'<li class="small muted">{escape(words % self._numbers())}</li>'
        words = _("%(filter)s: show all %(all)s") if self.hidden + len(self.options) <= MOST else _("%(filter)s: show more")
        url, label = escape(self.more_url), escape(words % self._numbers())
        return f'<li><a class="small" href="{url}" data-hx-get="{url}" data-hx-target="#catalogue" rel="nofollow">{label}</a></li>'

    def _numbers(self):
        shown = len(self.options)
        return {"filter": self.label, "shown": number(shown), "all": number(shown + self.hidden)}


def labels(terms):
    """Names in the reader's language by term, for terms that exist; one query, none without terms."""
    by_facet = {}
    for term in terms:
        facet, _colon, value = term.partition(":")
        by_facet.setdefault(facet, []).append(value)
    named = {f"phase:{value}": str(label) for value, label in Phase.choices}
    named |= {f"kind:{value}": str(label) for value, label in Kind.choices}
    named |= {f"country:{code}": country_name(code) for code in by_facet.get("country", ())}
    queries = [_names(facet, values) for facet, values in by_facet.items() if facet in _NAMED]
    if queries:
        for facet, slug, name, names in queries[0].union(*queries[1:], all=True):
            named[f"{facet}:{slug}"] = _in_reader_language(facet, name, names)
    return named


def _names(facet, slugs):
    model, name, names = _NAMED[facet]
    other = Cast(names, TextField()) if names else Value("", output_field=TextField())
    rows = model._default_manager.filter(slug__in=slugs).order_by()
    return rows.annotate(
        term_facet=Value(facet, output_field=TextField()), term_name=Cast(name, TextField()), term_names=other
    ).values_list("term_facet", Cast("slug", TextField()), "term_name", "term_names")


def _in_reader_language(facet, name, names):
    by_language = json.loads(names) if names else {}
    if facet == "municipality":  # its names are only what other languages call it
        return by_language.get(get_language()) or name
    return in_language(by_language, fallback=name)


def facets(found, counts, named, more_url):
    """Every filter that has a value to choose, in the order of `FACETS`.

    `more_url(name)` is the address of the page with all values of a filter, "" when that is what it is.
    """
    made = (_facet(name, found, counts, named, more_url(name)) for name in FACETS)
    return [facet for facet in made if facet.options]


def _facet(name, found, counts, named, more_url):
    chosen = found.chosen(name)
    sizes = {term.partition(":")[2]: n for term, n in counts.terms.items() if term.startswith(f"{name}:")}
    options = [
        Option(value, named.get(f"{name}:{value}", value), sizes.get(value, 0), value in chosen)
        for value in dict.fromkeys([*sizes, *chosen])
    ]
    order = _ORDERED.get(name)
    options.sort(key=lambda option: order.index(option.value) if order else sort_key(option.label))
    missing = sum(1 for value in chosen if value not in sizes)
    hidden = counts.values.get(name, 0) - (len(options) - missing)
    return Facet(name, str(FACETS[name]), options, hidden, name in OPEN or bool(chosen) or not more_url, more_url)
