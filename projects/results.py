"""Results in words and pictures: what changed, and by how much."""

from itertools import islice

from django.utils.translation import gettext as _

from common.charts import PER_CENT, result_chart
from common.formats import number

CHARTS = 3  # more than three pictures say less than the table below them


class Results:
    """The results of a project as rows of words, and charts of the first few that can be compared."""

    def __init__(self, results):
        self.rows = [_row(result) for result in results]
        drawn = (_chart(place, result) for place, result in enumerate(results, start=1))
        self.charts = list(islice((chart for chart in drawn if chart), CHARTS))


def _row(one):
    """(indicator, unit, before, target, measured, change, method, period)"""
    return (
        one.indicator,
        one.unit,
        number(one.baseline),
        number(one.target),
        number(one.actual),
        change(one),
        one.method,
        one.period,
    )


def change(result):
    """“−39 %”, “+7 points”, “+5”; "" where there is nothing to compare."""
    if result.baseline is None or result.actual is None:
        return ""
    difference = result.actual - result.baseline
    if result.unit.lower().startswith(PER_CENT):
        return _("%(number)s points") % {"number": signed(difference)}
    if result.baseline > 0 and result.actual >= 0:
        return f"{signed(round(difference / result.baseline * 100))} %"
    return signed(difference)


def signed(value):
    """A number with + or − (the mathematical minus) before it."""
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{number(abs(value))}"


def _chart(place, result):
    return result_chart(f"result-{place}", result.indicator, result.unit, baseline=result.baseline, actual=result.actual,
                        target=result.target, period=result.period)  # fmt: skip
