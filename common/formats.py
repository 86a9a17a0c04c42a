"""Numbers, money and periods as the reader's language writes them."""

from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.utils.formats import date_format, number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

NBSP = "\N{NO-BREAK SPACE}"
OWN_CURRENCY = {"da": ("DKK", "kr."), "sv": ("SEK", "kr")}  # where the code would be pedantic
CODE_FIRST = frozenset({"en"})
CAPITAL_MONTHS = frozenset({"en"})


def number(value, decimals=None):
    """`1250000` → "1,250,000", "1.250.000", "1 250 000"; decimals as they come, or as many as asked for.

    What is not a number comes back as it is, so that a page never breaks over an odd result.
    """
    if value is None or value == "":
        return ""
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        return value
    if not amount.is_finite():
        return str(value)
    if decimals is None:
        amount = amount.normalize()
        decimals = max(0, -amount.as_tuple().exponent)
    text = number_format(amount, decimal_pos=int(decimals), use_l10n=True, force_grouping=True)
    return text.replace(" ", NBSP)


def money(amount, currency):
    """`1250000|money:"DKK"` → en "DKK 1,250,000", da "1.250.000 kr.", sv "1 250 000 DKK"; whole units."""
    if amount is None or amount == "":
        return ""
    language = get_language()
    own, sign = OWN_CURRENCY.get(language, ("", ""))
    unit = sign if currency == own else currency
    parts = (unit, number(amount, 0)) if language in CODE_FIRST else (number(amount, 0), unit)
    return NBSP.join(parts)


def _range(start, end, form):
    first, last = (date_format(day, form) if day else "" for day in (start, end))
    if first and last:
        if first == last:
            return first
        return f"{first}–{last}" if form == "Y" else f"{first} – {last}"
    if first:
        return _("from %(start)s") % {"start": first}
    return _("until %(end)s") % {"end": last} if last else ""


def date_range(start, end=None):
    """Months of a period: en "Jan 2023 – Nov 2025", da and sv "jan 2023 – nov 2025"; one side may be missing."""
    return _range(start, end, "M Y" if get_language() in CAPITAL_MONTHS else "b Y")


def year_range(start, end=None):
    """Years of a period: "2023–2025", "2024", "from 2024"."""
    return _range(start, end, "Y")


def iso_date(moment):
    """What stands in `<time datetime>`: a date, or a time to the second with its zone (`|date:'c'` prints microseconds)."""
    if isinstance(moment, datetime):
        return moment.isoformat(timespec="seconds")
    return moment.isoformat() if isinstance(moment, date) else ""
