"""Participants and decisions as files for a spreadsheet."""

import csv
import io

from django.utils import timezone
from django.utils.translation import gettext as _

from events.decisions import host_of, ready
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


def decisions_csv(log, absolute):
    """The decisions of a `DecisionLog` in its order; `absolute(path)` gives the whole address of a path."""
    lines = io.StringIO()
    writer = csv.writer(lines)
    head = [_("Number"), _("Date"), _("Meeting"), _("Held by"), _("Decision"), _("Organisations"), _("Dissent"), _("Address")]
    writer.writerow([cell(one) for one in head])
    for one in ready(log.queryset):
        event, organisations = one.minutes.event, "; ".join(sorted(organisation.name for organisation in one.organisations.all()))
        row = [one.reference, one.decided_on, event, host_of(one), one.text, organisations, one.dissent, absolute(one.get_absolute_url())]
        writer.writerow([cell(value) for value in row])
    return "\ufeff" + lines.getvalue()
