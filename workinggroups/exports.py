"""The groups of any filter as a file."""

import csv
import io

from projects.exports import neutral

COLUMNS = (
    "slug", "name", "language", "purpose", "organisation", "visibility", "joining", "state", "themes", "members", "organisations",
    "mandate_from", "mandate_to", "last_activity", "url",
)  # fmt: skip


def csv_lines(groups, absolute):
    """The lines of a CSV file: UTF-8 with its mark, so that spreadsheets read æ, ö and å."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(COLUMNS)
    yield "\ufeff" + buffer.getvalue()
    for group in groups.with_numbers().select_related("organisation").prefetch_related("texts", "themes"):
        buffer.seek(0)
        buffer.truncate()
        writer.writerow([neutral(cell) for cell in _row(group, absolute)])
        yield buffer.getvalue()


def _row(group, absolute):
    text = group.text
    return [
        group.slug, str(group), text.language if text else "", text.purpose if text else "", group.organisation.name,
        str(group.visibility), str(group.joining), str(group.state), ", ".join(theme.slug for theme in group.themes.all()), group.people,
        group.represented, group.mandate_from, group.mandate_to, group.last_activity_at.date(), absolute(group.get_absolute_url()),
    ]  # fmt: skip
