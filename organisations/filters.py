"""The directory's filter: type, country, municipality and words; unknown values are left out."""

from functools import cached_property, lru_cache
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Count
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from common.countries import country_name
from common.search import fold
from common.sorting import sort_key, sorted_by_name
from organisations.enums import OrganisationType
from organisations.models import Organisation
from organisations.projects import project_counts

A_PAGE = 24
LONGEST = 100  # characters of the search words that count
FIELDS = {"type": "type", "country": "country", "municipality": "municipality__slug"}

#: The order of a name in a language never changes, and sorting a thousand of them anew takes longer than all the rest.
_key = lru_cache(maxsize=20_000)(sort_key)


class OrganisationFilter:
    """What is asked for, what there is, and the organisations found, for one reader."""

    def __init__(self, parameters, user):
        self.parameters, self.user = parameters, user
        self.words = " ".join(parameters.get("q", "").replace("\x00", "")[:LONGEST].split())

    @cached_property
    def seen(self):
        return Organisation.objects.visible_to(self.user)

    @cached_property
    def options(self):
        """`{field: {value: number of organisations}}` over everything the reader sees."""
        counted = self.seen.order_by().values_list(*FIELDS.values()).annotate(number=Count("pk"))
        found = {field: {} for field in FIELDS}
        for *values, number in counted:
            for field, value in zip(FIELDS, values, strict=True):
                if value:
                    found[field][value] = found[field].get(value, 0) + number
        return found

    @cached_property
    def chosen(self):
        """`{field: [values]}` of what exists."""
        asked = {field: dict.fromkeys(self.parameters.getlist(field)) for field in FIELDS}
        return {field: [value for value in values if value in self.options[field]] for field, values in asked.items()}

    @cached_property
    def ids(self):
        """Primary keys of the organisations found, in the reader's alphabetical order."""
        chosen = {f"{FIELDS[field]}__in": values for field, values in self.chosen.items() if values}
        rows = self.seen.filter(**chosen).values_list("pk", "name")
        words = _folded(self.words).split()
        language = get_language()
        matching = [(pk, name) for pk, name in rows if all(word in _folded(name) for word in words)] if words else rows
        return [pk for pk, _name in sorted(matching, key=lambda row: _key(row[1], language))]

    @cached_property
    def page(self):
        return Paginator(self.ids, A_PAGE).get_page(self.parameters.get("page"))

    @cached_property
    def organisations(self):
        """[(organisation, number of its projects)] of this page."""
        rows = Organisation.objects.select_related("municipality").in_bulk(list(self.page.object_list))
        ordered = [rows[pk] for pk in self.page.object_list if pk in rows]
        counts = project_counts(ordered, self.user)
        return [(organisation, counts.get(organisation.pk, 0)) for organisation in ordered]

    @property
    def types(self):
        return self._entries("type", lambda value: str(OrganisationType(value).label))

    @property
    def countries(self):
        return self._entries("country", country_name)

    @cached_property
    def municipalities(self):
        places = Organisation._meta.get_field("municipality").related_model._default_manager
        names = {place.slug: str(place) for place in places.filter(organisations__isnull=False).distinct()}
        return self._entries("municipality", lambda slug: names.get(slug, slug))

    def _entries(self, field, name):
        """[(value, name, number, chosen)] in alphabetical order."""
        entries = [(value, name(value), number, value in self.chosen[field]) for value, number in self.options[field].items()]
        return sorted_by_name(entries, name=lambda entry: entry[1])

    @property
    def chips(self):
        """What is chosen, each with the address without it."""
        titles = {"type": _("Type"), "country": _("Country"), "municipality": _("Municipality")}
        entries = {"type": self.types, "country": self.countries, "municipality": self.municipalities}
        chips = [
            {"field": titles[field], "label": label, "url": self._without(field, value)}
            for field, rows in entries.items()
            for value, label, _number, is_chosen in rows
            if is_chosen
        ]
        return chips + ([{"field": _("Words"), "label": self.words, "url": self._without("q", self.words)}] if self.words else [])

    def _without(self, field, value):
        pairs = [(name, one) for name, values in self.chosen.items() for one in values] + ([("q", self.words)] if self.words else [])
        return "?" + urlencode([pair for pair in pairs if pair != (field, value)])


@lru_cache(maxsize=20_000)
def _folded(text):
    return fold(text).casefold()
