"""Fields that read what people type: months and years, sums in any notation, places by name."""

import calendar
import re
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import MONTHS, MONTHS_3
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from common.formats import number
from common.languages import language_codes
from common.text import clean_name, clean_text
from projects.content import plain_number
from projects.importing.values import read_date, read_money

_YEAR = re.compile(r"\d{4}")
_MONTH_YEAR = re.compile(r"(\d{1,2})[ ./-]+(\d{4})")
_YEAR_MONTH = re.compile(r"(\d{4})[ ./-]+(\d{1,2})")
_NAMED_MONTH = re.compile(r"([^\W\d]+)\.?,? +(\d{4})")
_DAY_MONTH_YEAR = re.compile(r"(\d{1,2})[./-] ?(\d{1,2})[./-]? +(\d{4})")  # 3/5 2027, 3. 5. 2027
_NAMED_DAY = re.compile(r"(\d{1,2})\.? *([^\W\d]+)\.?,? +(\d{4})")
_NUMBER = re.compile(r"[-−+]?\d+(?:\.\d+)?")
_BLANKS = re.compile(r"[\s\u00a0\u2009\u202f]")
EARLIEST, LATEST = 1950, 2100


class PeriodField(forms.CharField):
    """A day, month or year; the first or, with `ends`, the last day of what was named. Cleans to a date or None."""

    def __init__(self, *, ends=False, **options):
        self.ends = ends
        super().__init__(**{"required": False, "max_length": 40, **options})

    def to_python(self, value):
        text = clean_name(value)
        if not text:
            return None
        year, month, day = self._read(text)
        if not (EARLIEST <= year <= LATEST):
            raise ValidationError(_("Write a year between %(first)d and %(last)d.") % {"first": EARLIEST, "last": LATEST}, code="year")
        return date(year, month, day)

    def validate(self, value):
        if self.required and value is None:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value):
        """The length was for what is typed; a date has none."""

    def _read(self, text):
        if _YEAR.fullmatch(text):
            return self._whole(int(text), None)
        if match := _MONTH_YEAR.fullmatch(text):
            return self._whole(int(match[2]), int(match[1]), text)
        if match := _YEAR_MONTH.fullmatch(text):
            return self._whole(int(match[1]), int(match[2]), text)
        if match := _NAMED_MONTH.fullmatch(text):
            return self._whole(int(match[2]), month_names().get(match[1].casefold(), 0), text)
        try:
            day = _day(text) or read_date(text)
        except ValueError:
            raise unreadable(text) from None
        return day.year, day.month, day.day

    def _whole(self, year, month, text=""):
        if month is not None and not 1 <= month <= 12:
            raise unreadable(text)
        month = month or (12 if self.ends else 1)
        return year, month, calendar.monthrange(max(year, 1), month)[1] if self.ends else 1

    def prepare_value(self, value):
        return shown_period(value, ends=self.ends) if isinstance(value, date) else value


def unreadable(text):
    words = _("“%(text)s” is not a month or a day. Write it like 03 2026, 2026 or 2026-03-15.")
    return ValidationError(words % {"text": text[:40]}, code="invalid")


def shown_period(day, *, ends=False):
    """A date as its author typed it: the month where it is the whole month's edge, else the day."""
    edge = calendar.monthrange(day.year, day.month)[1] if ends else 1
    return f"{day:%m} {day.year}" if day.day == edge else day.isoformat()


def month_names():
    """`{name in lower case: number}` of the months in every language of the portal, whole and short."""
    found = {}
    for code in language_codes():
        with override(code):
            for names in (MONTHS, MONTHS_3):
                found |= {str(name).casefold().rstrip("."): place for place, name in names.items()}
    return found


def _day(text):
    """A day as people write it by hand, `3. maj 2027` or `3/5 2027`; None for what is written otherwise, ValueError for no such day."""
    if match := _DAY_MONTH_YEAR.fullmatch(text):
        return date(int(match[3]), int(match[2]), int(match[1]))
    if match := _NAMED_DAY.fullmatch(text):
        return date(int(match[3]), month_names().get(match[2].casefold(), 0), int(match[1]))
    return None


class SumField(forms.CharField):
    """Money in the notations people use. Cleans to `(amount, currency)`; None for nothing."""

    def to_python(self, value):
        text = clean_name(value)
        if not text:
            return None
        try:
            return read_money(text)
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from None

    def run_validators(self, value):
        """The length was for what is typed."""


class FigureField(forms.CharField):
    """A number with point or comma, blanks between thousands. Cleans to plain text, "" for none."""

    WHOLE, DECIMALS = 12, 3

    def __init__(self, **options):
        super().__init__(**{"required": False, "widget": forms.TextInput(attrs={"inputmode": "decimal"}), **options})

    def to_python(self, value):
        text = _BLANKS.sub("", clean_text(value)).replace("−", "-").lstrip("+")
        if not text:
            return ""
        plain = plain_figure(text)
        if not _NUMBER.fullmatch(plain):
            raise ValidationError(_("“%(text)s” is not a number. Write it like 53.1.") % {"text": clean_name(value)[:40]}, code="invalid")
        whole, _point, decimals = plain.lstrip("-").partition(".")
        if len(whole.lstrip("0")) > self.WHOLE or len(decimals) > self.DECIMALS:
            raise ValidationError(_("Write at most twelve digits before and three behind the point."), code="too_long")
        return plain_number(plain)

    def prepare_value(self, value):
        return number(value) if value and _NUMBER.fullmatch(str(value)) else value


def plain_figure(text):
    """Points and commas as the reader's language uses them: the mark of its thousands groups, the last of two kinds is decimal."""
    if "." in text and "," in text:
        decimal = max(".,", key=text.rfind)
        return text.replace("," if decimal == "." else ".", "").replace(decimal, ".")
    mark = "." if "." in text else ","
    grouped = re.fullmatch(rf"-?\d{{1,3}}(?:\{mark}\d{{3}})+", text)
    groups = grouped and (text.count(mark) > 1 or mark == ("," if get_language() == "en" else "."))
    return text.replace(mark, "" if groups else ".")
