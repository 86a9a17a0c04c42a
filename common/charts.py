"""Charts as SVG made on the server: percentages instead of a viewBox, so text keeps its size on a phone.

Every chart carries its numbers as a table and one sentence that says what is to be seen.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from common.formats import number

ROW = 64  # pixels of one bar with its words above
BAR = 26


@dataclass(frozen=True)
class Bar:
    """One bar: its words, its value, and whether it stands for what was there before."""

    label: str
    value: Decimal
    is_before: bool = False


@dataclass(frozen=True)
class Chart:
    """Bars over one scale, with a dashed line at the target where there is one. `id` is unique on its page."""

    id: str
    title: str
    bars: tuple
    target: Decimal | None = None
    text: str = ""
    unit: str = ""
    head: str = ""  # over the words of the bars in the table; without one they are moments
    whole: Decimal | None = None  # what the whole width stands for, such as 100 per cent

    def _scale(self):
        """From a value to its place in per cent of the width. Zero is always in view."""
        values = [bar.value for bar in self.bars] + ([self.target] if self.target is not None else [])
        low, high = min(0, *values), max(0, *values, self.whole or 0)
        span = (high - low) or 1
        return lambda value: round(float((value - low) / span * 100), 2)

    def _drawn(self, place, bar, row):
        zero, end = place(0), place(bar.value)
        return format_html(
            '<text x="0" y="{}">{}</text><rect class="{}" x="{}%" y="{}" width="{}%" height="{}"/>'
            '<text class="value" x="100%" y="{}">{}</text>',
            row * ROW + 16,
            bar.label,
            "before" if bar.is_before else "after",
            f"{min(zero, end):g}",
            row * ROW + 24,
            f"{abs(end - zero):g}",
            BAR,
            row * ROW + 16,
            number(bar.value),
        )

    def _target_marks(self, place):
        """A dashed line across each bar, not across the words above it."""
        at = f"{place(self.target):g}"
        tops = (row * ROW + 20 for row in range(len(self.bars)))
        line = '<line class="target" x1="{}%" x2="{}%" y1="{}" y2="{}"/>'
        return format_html_join("", line, ((at, at, top, top + BAR + 8) for top in tops))

    @property
    def svg(self):
        place, height = self._scale(), len(self.bars) * ROW + 4
        bars = format_html_join("", "{}", ((self._drawn(place, bar, row),) for row, bar in enumerate(self.bars)))
        line = self._target_marks(place) if self.target is not None else ""
        described = format_html(' aria-describedby="{}-text"', self.id) if self.text else mark_safe("")
        return format_html(
            '<svg height="{}" role="img" aria-labelledby="{}-title"{}>{}{}</svg>',
            height,
            self.id,
            described,
            bars,
            line,
        )

    @property
    def heads(self):
        return [self.head or _("When"), self.unit or _("Value")]

    @property
    def rows(self):
        rows = [(bar.label, number(bar.value)) for bar in self.bars]
        return [*rows, (_("Target"), number(self.target))] if self.target is not None else rows


COLUMNS_HEIGHT = 150
COLUMN_SHARE = 0.62  # of its place, the rest is air


@dataclass(frozen=True)
class Columns:
    """Many values of one kind side by side, such as twelve months: `bars` are (short label, words of the table, value)."""

    id: str
    title: str
    bars: tuple
    text: str = ""
    unit: str = ""
    head: str = ""

    def _drawn(self, number_of, label, value, most):
        width = 100 / len(self.bars)
        middle = f"{(number_of + 0.5) * width:g}%"
        tall = round(float(value) / most * COLUMNS_HEIGHT) if value else 0
        return format_html(
            '<rect class="after" x="{}%" y="{}" width="{}%" height="{}"/><text class="tick" x="{}" y="{}">{}</text>'
            '<text class="tick" x="{}" y="{}">{}</text>',
            f"{(number_of + (1 - COLUMN_SHARE) / 2) * width:g}", 20 + COLUMNS_HEIGHT - tall, f"{width * COLUMN_SHARE:g}", tall,
            middle, 14 + COLUMNS_HEIGHT - tall, number(value) if value else "",
            middle, 20 + COLUMNS_HEIGHT + 18, label,
        )  # fmt: skip

    @property
    def svg(self):
        most = max((float(value) for _short, _words, value in self.bars), default=0) or 1
        drawn = ((self._drawn(place, short, value, most),) for place, (short, _words, value) in enumerate(self.bars))
        described = format_html(' aria-describedby="{}-text"', self.id) if self.text else mark_safe("")
        return format_html(
            '<svg height="{}" role="img" aria-labelledby="{}-title"{}>{}<line class="ground" x1="0" x2="100%" y1="{}" y2="{}"/></svg>',
            COLUMNS_HEIGHT + 44, self.id, described, format_html_join("", "{}", drawn), 20 + COLUMNS_HEIGHT, 20 + COLUMNS_HEIGHT,
        )  # fmt: skip

    @property
    def heads(self):
        return [self.head or _("When"), self.unit or _("Value")]

    @property
    def rows(self):
        return [(words, number(value)) for _short, words, value in self.bars]


#: Units that are parts of a hundred already: their change is in points, not in per cent of per cent.
PER_CENT = ("%", "per cent", "percent", "procent", "pct", "‰")


def _change(baseline, actual, unit):
    """The change in words: in points where the unit is a share, else in per cent of what it was before."""
    if baseline is None or actual is None or baseline == actual:
        return _("Unchanged.") if baseline is not None and baseline == actual else ""
    if unit.lower().startswith(PER_CENT):
        words = {"points": number(abs(actual - baseline))}
        return (_("%(points)s points less than before.") if actual < baseline else _("%(points)s points more than before.")) % words
    if not baseline:
        return ""
    words = {"percent": number(round(abs(actual - baseline) / abs(baseline) * 100))}
    if actual < baseline:
        return _("%(percent)s per cent less than before.") % words
    return _("%(percent)s per cent more than before.") % words


def _target_met(baseline, actual, target):
    """Whether the target was reached, seen from where it began; None when that cannot be told."""
    if None in (baseline, actual, target) or baseline == target:
        return None
    return actual <= target if target < baseline else actual >= target


def _sentence(baseline, actual, target, unit):
    met = _target_met(baseline, actual, target)
    parts = [_change(baseline, actual, unit)]
    if target is not None:
        parts.insert(0, _("Dashed line: the target of %(target)s %(unit)s.") % {"target": number(target), "unit": unit})
    if met is not None:
        parts.append(_("The target was reached.") if met else _("The target was not reached."))
    return " ".join(part for part in parts if part)


def result_chart(chart_id, indicator, unit, *, baseline=None, actual=None, target=None, period=""):
    """Baseline and actual of a result as bars, the target as a line; None where there is nothing to compare.

    Values are numbers in `unit`; `period` is the words beside the actual value (“2024”, “second winter”).
    """
    values = [None if value is None else Decimal(str(value)) for value in (baseline, actual, target)]
    baseline, actual, target = values
    bars = []
    if baseline is not None:
        bars.append(Bar(_("Before"), baseline, is_before=True))
    if actual is not None:
        bars.append(Bar(_("Measured, %(period)s") % {"period": period} if period else _("Measured"), actual))
    if len(bars) + (target is not None) < 2 or not bars:
        return None
    title = f"{indicator}, {unit}" if unit else indicator
    return Chart(chart_id, title, tuple(bars), target, _sentence(baseline, actual, target, unit), unit)
