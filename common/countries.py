"""Names of countries by ISO 3166-1 code. Countries without a name here are shown by their code."""

from django.utils.translation import pgettext_lazy

NAMES = {
    "AT": pgettext_lazy("country", "Austria"),
    "BE": pgettext_lazy("country", "Belgium"),
    "CH": pgettext_lazy("country", "Switzerland"),
    "CZ": pgettext_lazy("country", "Czechia"),
    "DE": pgettext_lazy("country", "Germany"),
    "DK": pgettext_lazy("country", "Denmark"),
    "EE": pgettext_lazy("country", "Estonia"),
    "ES": pgettext_lazy("country", "Spain"),
    "FI": pgettext_lazy("country", "Finland"),
    "FR": pgettext_lazy("country", "France"),
    "GB": pgettext_lazy("country", "United Kingdom"),
    "GR": pgettext_lazy("country", "Greece"),
    "IE": pgettext_lazy("country", "Ireland"),
    "IS": pgettext_lazy("country", "Iceland"),
    "IT": pgettext_lazy("country", "Italy"),
    "LT": pgettext_lazy("country", "Lithuania"),
    "LU": pgettext_lazy("country", "Luxembourg"),
    "LV": pgettext_lazy("country", "Latvia"),
    "NL": pgettext_lazy("country", "Netherlands"),
    "NO": pgettext_lazy("country", "Norway"),
    "PL": pgettext_lazy("country", "Poland"),
    "PT": pgettext_lazy("country", "Portugal"),
    "SE": pgettext_lazy("country", "Sweden"),
    "US": pgettext_lazy("country", "United States"),
}


def country_name(code):
    """`"SE"` → "Sweden", "Sverige" in the reader's language; "" for no country."""
    return str(NAMES.get(code, code))
