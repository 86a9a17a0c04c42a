"""Choices that several forms offer."""

from django.conf import settings
from django.utils.translation import gettext as _

from common.countries import NAMES, country_name
from common.sorting import sorted_by_name
from taxonomy.models import Municipality


def countries():
    """Those of the portal's region first, then the others by name."""
    home = list(dict.fromkeys(Municipality.objects.in_portal().order_by("country").values_list("country", flat=True).distinct()))
    others = sorted_by_name([code for code in NAMES if code not in home], name=country_name)
    return [("", _("Choose")), *((code, country_name(code)) for code in [*home, *others])]


def municipalities():
    """The region's municipalities in the reader's alphabetical order, by slug."""
    places = sorted_by_name(Municipality.objects.in_portal())
    return [("", _("None of these")), *((place.slug, str(place)) for place in places)]


def languages():
    return list(settings.LANGUAGES)
