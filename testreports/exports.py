"""Reports of any filter, and the numbers of a lab, as files."""

import csv
import io

from projects.exports import neutral
from testreports.filters import ready

COLUMNS = (
    "slug", "title", "language", "summary", "lab", "host", "tested_by", "from", "until", "goes_on", "themes", "published", "url",
)  # fmt: skip
MARK = "\ufeff"  # so that spreadsheets read æ, ö and å


def csv_lines(reports, absolute):
    """The lines of a CSV file, UTF-8 with its mark."""
    yield MARK + _line(COLUMNS)
    for report in ready(reports):
        yield _line([neutral(cell) for cell in _row(report, absolute)])


def _row(report, absolute):
    text = report.text
    return [
        report.slug, str(report), text.language if text else "", text.summary if text else "", str(report.lab),
        report.lab.organisation.name, report.organisation.name, report.start_date, report.end_date, str(report.goes_on),
        ", ".join(theme.slug for theme in report.lab.themes.all()), report.released_at.date(), absolute(report.get_absolute_url()),
    ]  # fmt: skip


def table_csv(rows):
    """Rows of words and numbers as the text of a CSV file."""
    return MARK + "".join(_line([neutral(cell) for cell in row]) for row in rows)


def _line(cells):
    buffer = io.StringIO()
    csv.writer(buffer).writerow(cells)
    return buffer.getvalue()
