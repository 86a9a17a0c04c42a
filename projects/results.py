"""Results in words and pictures: what changed, and by how much."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from common.charts import Chart, result_chart
from common.formats import number
from projects.models import Result

#: Units that are parts of a hundred already: their change is in points, not in per cent of per cent.
PER_CENT = ("%", "per cent", "percent", "procent", "pct", "‰")
CHARTS = 3  # more than three pictures say less than the table below them


@dataclass(frozen=True)
class Row:
    """One result with its change in words and its chart, if it has one."""

    result: Result
    change: str
    chart: Chart | None


def rows_of(results):
    """A `Row` for each result; the first few that can be compared have a chart."""
    rows, charts = [], 0
    for place, result in enumerate(results, start=1):
        chart = _chart(place, result) if charts < CHARTS else None
        charts += chart is not None
        rows.append(Row(result, change(result), chart))
    return rows


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
