"""Single values as people write them in spreadsheets: money, dates, points, choices.

Every function takes the text of a cell that is not empty and returns the value, or raises `ValueError` with a sentence that
names what was found and what is expected.
"""

import re
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from common.search import fold

_SPACES = re.compile(r"[\s\u00a0\u2009\u202f'’]")
_MONEY = re.compile(r"(?P<before>[^\d.,+-]*)(?P<number>[+-]?\d[\d.,]*)(?P<after>[^\d]*)")
_SYMBOLS = {"€": "EUR", "£": "GBP", "$": "USD"}
_MULTIPLES = {"mio": 1_000_000, "mio.": 1_000_000, "mkr": 1_000_000, "mn": 1_000_000, "mill": 1_000_000, "tkr": 1_000}
_BUDGET_DIGITS = 12

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ][\d:.]+Z?)?")
_NORDIC = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_COUNTRIES = {"UK": "GB", "EL": "GR"}
_COUNTRY_NAMES = {"danmark": "DK", "denmark": "DK", "sverige": "SE", "sweden": "SE", "norge": "NO", "norway": "NO"}


def read_money(text):
    """An amount and its currency ("" when none is written): `15.414.794`, `32 467,02`, `1,234.50 EUR`, `2,5 mio. kr.`.

    A point or comma before exactly three last digits groups thousands, since money has two decimals.
    """
    compact = _SPACES.sub("", text.strip().strip('"'))
    match = _MONEY.fullmatch(compact)
    if not match:
        raise ValueError(_("“%(text)s” is not an amount of money. Write 15414794 or 32467.02.") % {"text": text.strip()})
    amount = _decimal(match["number"], text)
    words = (match["before"] + match["after"]).strip(".,-").casefold()
    multiple = next((factor for word, factor in _MULTIPLES.items() if words.startswith(word)), 1)
    amount *= multiple
    if amount < 0:
        raise ValueError(_("“%(text)s” is below zero.") % {"text": text.strip()})
    if amount >= 10**_BUDGET_DIGITS:
        raise ValueError(_("“%(text)s” is more than a project can cost.") % {"text": text.strip()})
    return amount.quantize(Decimal("0.01")), _currency_in(match["before"] + match["after"])


def _decimal(number, text):
    sign, number = ("-", number[1:]) if number.startswith("-") else ("", number.lstrip("+"))
    number = number.rstrip(".,")
    points, commas = number.count("."), number.count(",")
    if points and commas:
        decimal_mark = max(".,", key=number.rfind)
        number = number.replace("," if decimal_mark == "." else ".", "").replace(decimal_mark, ".")
    elif points + commas > 1 or re.search(r"[.,]\d{3}$", number):
        groups = re.split(r"[.,]", number)
        if not all(len(group) == 3 for group in groups[1:]) or len(groups[0]) > 3:
            raise ValueError(_("“%(text)s” is not an amount of money. Write 15414794 or 32467.02.") % {"text": text.strip()})
        number = "".join(groups)
    else:
        number = number.replace(",", ".")
    if number.count(".") > 1:
        raise ValueError(_("“%(text)s” is not an amount of money. Write 15414794 or 32467.02.") % {"text": text.strip()})
    return Decimal(sign + number)


def _currency_in(words):
    for symbol, code in _SYMBOLS.items():
        if symbol in words:
            return code
    match = re.search(r"(?<![A-Za-z])(DKK|SEK|EUR|NOK|GBP|USD)(?![A-Za-z])", words.upper())
    return match[1] if match else ""


def read_currency(text):
    """An ISO 4217 code."""
    code = _SYMBOLS.get(text.strip(), text.strip().upper())
    if not re.fullmatch(r"[A-Z]{3}", code):
        raise ValueError(_("“%(text)s” is not a currency. Write its three letters, such as DKK.") % {"text": text.strip()})
    return code


def read_date(text):
    """A day as `2021-12-31`, `31.12.2021`, `31-12-2021` or `31/12/2021`."""
    text = text.strip()
    if match := _ISO.fullmatch(text):
        year, month, day = match.groups()
    elif match := _NORDIC.fullmatch(text):
        day, month, year = match.groups()
    else:
        raise ValueError(_("“%(text)s” is not a date. Write it as 2021-12-31.") % {"text": text})
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise ValueError(_("“%(text)s” does not exist in the calendar.") % {"text": text}) from None


def read_country(text):
    """An ISO 3166 code of two letters; the European Union's own UK and EL are understood."""
    code = _COUNTRY_NAMES.get(text.strip().casefold(), text.strip().upper())
    code = _COUNTRIES.get(code, code)
    if not re.fullmatch(r"[A-Z]{2}", code):
        raise ValueError(_("“%(text)s” is not a country. Write its two letters, such as SE.") % {"text": text.strip()})
    return code


def read_degrees(text, limit):
    """Degrees with point or comma, at most `limit` from zero."""
    try:
        degrees = float(text.strip().replace(",", "."))
    except ValueError:
        raise ValueError(_("“%(text)s” is not a number of degrees.") % {"text": text.strip()}) from None
    if not abs(degrees) <= limit:
        raise ValueError(_("“%(text)s” lies outside the globe.") % {"text": text.strip()})
    return degrees


def word_key(text):
    """A word as it is compared: case, accents, hyphens and double blanks apart."""
    return " ".join(re.sub(r"[-_/]+", " ", fold(text.casefold())).split())


def read_choice(text, words):
    """The value that `words` (`{key: value}`) gives for `text`."""
    value = words.get(word_key(text))
    if value is None:
        known = ", ".join(sorted({str(value) for value in words.values()}))
        raise ValueError(_("“%(text)s” is not known here. Choose one of: %(known)s.") % {"text": text.strip(), "known": known})
    return value
