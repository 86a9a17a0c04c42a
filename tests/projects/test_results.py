"""What changed, in words."""

from decimal import Decimal

import pytest

from projects.models import Result
from projects.results import Results, change


@pytest.mark.parametrize(
    ("unit", "baseline", "actual", "words"),
    [
        ("MWh", "86.4", "53.1", "−39 %"),
        ("a day", "412", "447", "+8 %"),
        ("per cent of 310 answers", "61", "68", "+7 points"),
        ("%", "61", "58.5", "−2.5 points"),
        ("faults", "0", "5", "+5"),
        ("°C", "-2", "3", "+5"),
        ("MWh", "5", "5", "0 %"),
        ("MWh", None, "5", ""),
        ("MWh", "5", None, ""),
    ],
)
def test_a_change_is_told_in_the_unit_that_fits(unit, baseline, actual, words):
    numbers = {"baseline": baseline and Decimal(baseline), "actual": actual and Decimal(actual)}
    assert change(Result(indicator="x", unit=unit, **numbers)) == words


def test_what_cannot_be_compared_has_a_row_and_no_chart():
    results = Results([Result(indicator="Trust", method="Talks")])
    assert (results.rows, results.charts) == ([("Trust", "", "", "", "", "", "Talks", "")], [])
