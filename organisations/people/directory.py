"""The directory's filter: words, theme, municipality, organisation, language; unknown values are left out.

A member is found by a part of the page only where the reader may read that part.
"""

from functools import cached_property, lru_cache
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Count, F, Func
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from common.markup import language_name
from common.search import fold
from common.sorting import sort_key, sorted_by_name
from members.models import Profile
from organisations.models import Organisation
from organisations.people.shown import shown
from taxonomy.models import Municipality, Theme

A_PAGE = 24
LONGEST = 100  # characters of the search words that count
#: Field → (the part it belongs to, the path to its values).
FIELDS = {
    "theme": ("interests", "themes__slug"),
    "municipality": ("interests", "municipalities__slug"),
    "organisation": ("organisations", "user__memberships__organisation__slug"),
    "language": ("languages", "languages"),
}
_key = lru_cache(maxsize=20_000)(sort_key)


@lru_cache(maxsize=20_000)
def _folded(text):
    return fold(text).casefold()


class PeopleFilter:
    """What is asked for, what there is, and the people found, for one reader."""

    def __init__(self, parameters, user):
        self.parameters, self.user = parameters, user
        self.words = " ".join(parameters.get("q", "").replace("\x00", "")[:LONGEST].split())

    @cached_property
    def listed(self):
        return Profile.objects.listed(self.user)

    def _showing(self, field):
        return self.listed.showing(FIELDS[field][0], self.user)

    @cached_property
    def options(self):
        """`{field: {value: number of people}}` over everybody the reader finds."""
        found = {}
        for field, (_part, path) in FIELDS.items():
            value = Func(F(path), function="unnest") if field == "language" else F(path)
            rows = self._showing(field).order_by()
            if field == "organisation":
                rows = rows.filter(user__memberships__organisation__verified_at__isnull=False)
            counted = rows.values(value=value).annotate(number=Count("pk", distinct=True)).values_list("value", "number")
            found[field] = {value: number for value, number in counted if value}
        return found

    @cached_property
    def chosen(self):
        """`{field: [values]}` of what exists."""
        asked = {field: dict.fromkeys(self.parameters.getlist(field)) for field in FIELDS}
        return {field: [value for value in values if value in self.options[field]] for field, values in asked.items()}

    @cached_property
    def ids(self):
        """Primary keys of the people found, in the reader's alphabetical order of names."""
        found = self.listed
        for field, values in self.chosen.items():
            if values:
                how = "overlap" if field == "language" else "in"
                matching = self._showing(field).filter(**{f"{FIELDS[field][1]}__{how}": values})
                found = found.filter(pk__in=matching.values("pk"))
        rows = found.values_list("pk", "user__name", "keywords")
        words, language = _folded(self.words).split(), get_language()
        matching = [(pk, name) for pk, name, text in rows if all(word in _folded(text) for word in words)]
        return [pk for pk, _name in sorted(matching, key=lambda row: (_key(row[1], language), row[0]))]

    @cached_property
    def page(self):
        return Paginator(self.ids, A_PAGE).get_page(self.parameters.get("page"))

    @cached_property
    def people(self):
        keys = list(self.page.object_list)
        rows = self.listed.select_related("user").prefetch_related("themes", "municipalities").in_bulk(keys)
        return shown([rows[pk] for pk in keys if pk in rows], self.user)

    @cached_property
    def facets(self):
        """[(field, title, [(value, name, number, chosen)], open)] with the names in alphabetical order."""
        titles = {"theme": _("Theme"), "municipality": _("Municipality"), "organisation": _("Organisation"), "language": _("Language")}
        return [(field, titles[field], rows, bool(self.chosen[field]) or field == "theme") for field, rows in self._entries.items() if rows]

    @cached_property
    def _entries(self):
        names = {
            "theme": {one.slug: str(one) for one in Theme.objects.filter(slug__in=self.options["theme"])},
            "municipality": {one.slug: str(one) for one in Municipality.objects.filter(slug__in=self.options["municipality"])},
            "organisation": dict(Organisation.objects.filter(slug__in=self.options["organisation"]).values_list("slug", "name")),
            "language": {code: language_name(code) for code in self.options["language"]},
        }
        return {
            field: sorted_by_name(
                [(value, names[field].get(value, value), number, value in self.chosen[field]) for value, number in numbers.items()],
                name=lambda entry: entry[1],
            )
            for field, numbers in self.options.items()
        }

    @property
    def chips(self):
        """What is chosen, each with the address without it."""
        chips = [
            {"field": title, "label": label, "url": self._without(field, value)}
            for field, title, rows, _open in self.facets
            for value, label, _number, is_chosen in rows
            if is_chosen
        ]
        return chips + ([{"field": _("Words"), "label": self.words, "url": self._without("q", self.words)}] if self.words else [])

    def _without(self, field, value):
        pairs = [(name, one) for name, values in self.chosen.items() for one in values] + ([("q", self.words)] if self.words else [])
        return "?" + urlencode([pair for pair in pairs if pair != (field, value)])
