"""Form fields that read places and tags by name."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from common.search import fold
from common.text import clean_name
from common.widgets import ManyField, TypeAheadMany
from taxonomy.models import Municipality
from taxonomy.tags import clean_tags


class MunicipalitiesField(ManyField):
    """Municipalities by slug or by any of their names; what is not known is named in the error. Cleans to slugs.

    Those of the portal's region are offered and come first where two share a name; any other that somebody names is understood.
    """

    def __init__(self, **options):
        super().__init__(**{"widget": TypeAheadMany("", options=municipality_options), **options})
        self.places = None

    def known(self):
        """`{slug or folded name: municipality}`, read once for each form."""
        if self.places is None:
            self.places = {}
            for place in Municipality.objects.order_by("-in_portal", "name"):
                for word in (place.slug, *place.search_words(), str(place)):
                    self.places.setdefault(fold(word.casefold()), place)
        return self.places

    def find(self, name):
        """The municipality of this name; None for what is none, or cannot even be read."""
        try:
            name = clean_name(name)
        except ValidationError:
            return None
        return self.known().get(fold(name.casefold()))

    def labelled(self, values):
        return [(place.slug, str(place)) if (place := self.find(value)) else (value, value) for value in values]

    def clean(self, value):
        names = super().clean(value)
        unknown = [name for name in names if not self.find(name)]
        if unknown:
            words = _("There is no municipality “%(name)s” here. Choose one of the list.")
            raise ValidationError([ValidationError(words % {"name": name[:80]}, code="unknown") for name in unknown[:3]])
        return list(dict.fromkeys(self.find(name).slug for name in names))


def municipality_options():
    return [(place.slug, str(place)) for place in Municipality.objects.in_portal()]


class TagsField(ManyField):
    """Free tags; cleans to their names."""

    def clean(self, value):
        return sorted(clean_tags(super().clean(value)))
