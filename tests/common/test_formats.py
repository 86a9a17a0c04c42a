from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils.translation import override

from common.formats import date_range, iso_date, money, number, year_range

A = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(("language", "written"), [("en", "1,250,000"), ("da", "1.250.000"), ("sv", f"1{A}250{A}000")])
def test_numbers_are_grouped_as_the_language_does(language, written):
    with override(language):
        assert number(1250000) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [(Decimal("4.2500"), "4,25"), (0, "0"), (-4.5, "-4,5"), ("", ""), (None, ""), ("many", "many"), (float("inf"), "inf"), (100, "100")],
)
def test_decimals_are_shown_as_far_as_they_say_something(value, written):
    with override("da"):
        assert number(value) == written


@pytest.mark.parametrize(
    ("language", "currency", "written"),
    [
        ("en", "DKK", f"DKK{A}1,250,000"),
        ("en", "EUR", f"EUR{A}1,250,000"),
        ("da", "DKK", f"1.250.000{A}kr."),
        ("da", "SEK", f"1.250.000{A}SEK"),
        ("sv", "SEK", f"1{A}250{A}000{A}kr"),
        ("sv", "DKK", f"1{A}250{A}000{A}DKK"),
    ],
)
def test_money_names_the_currency_unless_it_is_the_readers(language, currency, written):
    with override(language):
        assert money(Decimal("1250000.40"), currency) == written


def test_no_sum_is_no_text():
    assert money(None, "DKK") == ""


def test_periods_may_miss_a_side():
    start, end = date(2023, 1, 5), date(2025, 11, 30)
    with override("en"):
        assert date_range(start, end) == "Jan 2023 – Nov 2025"
        assert year_range(start, end) == "2023–2025"
        assert year_range(start, start) == "2023"
        assert (year_range(start), year_range(None, end), year_range(None)) == ("from 2023", "until 2025", "")


def test_machines_get_whole_seconds():
    assert iso_date(datetime(2026, 11, 23, 7, 10, 5, 123456, tzinfo=UTC)) == "2026-11-23T07:10:05+00:00"
    assert (iso_date(date(2026, 11, 23)), iso_date(None)) == ("2026-11-23", "")
