"""The list of those who come as a file for a spreadsheet."""

import csv
import io

from django.utils import timezone
from django.utils.translation import gettext as _

from events.participants import with_organisations

#: What makes a spreadsheet take a cell for a formula (OWASP, "CSV injection").
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def cell(value):
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def participants_csv(event):
    """Comma-separated, UTF-8 with a mark at its beginning, so that spreadsheets read the letters right."""
    questions = [question.text for question in event.questions.all()]
    lines = io.StringIO()
    writer = csv.writer(lines)
    head = [_("Number"), _("Name"), _("Organisation"), _("State"), _("How"), _("Registered"), _("Was there"), *questions]
    writer.writerow([cell(one) for one in head])
    rows = event.registrations.in_line().select_related("user")
    for number, (row, name, organisation) in enumerate(with_organisations(rows), 1):
        answers = {one["question"]: one["answer"] for one in row.answers}
        was_there = "" if row.attended is None else _("Yes") if row.attended else _("No")
        registered = timezone.localtime(row.registered_at).strftime("%Y-%m-%d %H:%M")
        cells = [number, name, organisation, row.get_state_display(), row.get_way_display(), registered, was_there]
        writer.writerow([cell(one) for one in [*cells, *(answers.get(question, "") for question in questions)]])
    return "\ufeff" + lines.getvalue()
