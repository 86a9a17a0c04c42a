"""Money, dates and the like as they stand in spreadsheets."""

from datetime import date
from decimal import Decimal

import pytest

from projects.importing.values import read_country, read_currency, read_date, read_degrees, read_money


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("15.414.794", "15414794", ""),
        ("32 467,02", "32467.02", ""),
        ('"32467,02"', "32467.02", ""),
        ("32\u00a0467,02", "32467.02", ""),
        ("32\u202f467", "32467", ""),
        ("10597998.87", "10597998.87", ""),
        ("5297558.0", "5297558", ""),
        ("1,234,567.89", "1234567.89", ""),
        ("1.234,5", "1234.5", ""),
        ("1.234", "1234", ""),
        ("1,5", "1.5", ""),
        ("0", "0", ""),
        ("€ 12,000", "12000", "EUR"),
        ("DKK 1.000.000,-", "1000000", "DKK"),
        ("2,5 mio. kr.", "2500000", ""),
        ("500 000 SEK", "500000", "SEK"),
    ],
)
def test_money(text, amount, currency):
    assert read_money(text) == (Decimal(amount), currency)


@pytest.mark.parametrize("text", ["-5", "abc", "1.2.3", "12.34.567", "1e9", "999999999999999", "12,34,56", "=1+1"])
def test_money_that_is_none_is_refused_by_name(text):
    with pytest.raises(ValueError, match="“"):
        read_money(text)


@pytest.mark.parametrize(
    "text", ["2021-12-31", "31.12.2021", "31-12-2021", "31/12/2021", " 2021-12-31 ", "2021-12-31T00:00:00", "2021-12-31 10:00"]
)
def test_dates(text):
    assert read_date(text) == date(2021, 12, 31)


def test_a_short_day():
    assert read_date("1.2.2021") == date(2021, 2, 1)


@pytest.mark.parametrize("text", ["2021-13-31", "31.02.2021", "2021", "12/31/2021", "31 Dec 2021", "0000-00-00", "99999-01-01"])
def test_a_date_that_is_none_is_refused_by_name(text):
    with pytest.raises(ValueError, match=text):
        read_date(text)


@pytest.mark.parametrize(("text", "code"), [("UK", "GB"), ("EL", "GR"), ("dk", "DK"), ("Sverige", "SE")])
def test_countries(text, code):
    assert read_country(text) == code


@pytest.mark.parametrize("text", ["Utopia", "D", "DNK"])
def test_an_unknown_country_is_refused(text):
    with pytest.raises(ValueError, match=text):
        read_country(text)


def test_currencies():
    assert [read_currency(text) for text in ("dkk", "€")] == ["DKK", "EUR"]
    with pytest.raises(ValueError, match="kroner"):
        read_currency("kroner")


def test_degrees():
    assert read_degrees("55,68", 90) == 55.68
    for text in ("91", "nan", "north", "inf"):
        with pytest.raises(ValueError, match=text):
            read_degrees(text, 90)
