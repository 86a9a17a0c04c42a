"""Beginning and changing a report: plain data in, one transaction with its audit entry."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from common.errors import WrongState, changed_meanwhile
from common.rows import clean_row, clean_rows
from common.slugs import insert_with_slug
from records.actions import audit
from testreports.actions.locking import locked, require_writer
from testreports.enums import WRITTEN, State
from testreports.indexing import index_reports
from testreports.models import DataLink, Measured, TestReport, TestReportText
from testrequests.enums import Side
from testrequests.enums import State as RequestState
from testrequests.models import Application
from testrequests.rules import sides_of

FIELDS = ("project", "visibility", "embargo_until", "start_date", "end_date", "goes_on", "goes_on_why")
ROWS = {"texts": TestReportText, "results": Measured, "links": DataLink}
#: States of a test of which there is something to report.
REPORTED = (RequestState.RUNNING, RequestState.REPORTING, RequestState.COMPLETED)


def start_report(application, *, by, side=None, now=None, is_demo=False):
    """A draft of the side `by` acts for, with what the request said already; the report that this side has begun before, if there is one.

    The application's row is held, so that two who begin in the same second find one report. `side` chooses for somebody of both sides.
    Raises `WrongState`.
    """
    now = now or timezone.now()
    with transaction.atomic():
        rows = Application.objects.select_for_update(of=("self",)).select_related("request", "lab", "agreed_terms")
        row = rows.get(pk=application.pk)
        sides = sides_of(by, row)
        if not sides:
            raise WrongState(_("You do not act for a side of this test."), code="not_yours")
        begun = TestReport.objects.filter(application=row).first()
        if begun:
            return _begun(begun, sides)
        if row.state not in REPORTED:
            message = _("There is something to report once the test runs; it is now “%(state)s”.")
            raise WrongState(message % {"state": row.get_state_display()}, code="wrong_state")
        return _insert(row, side if side in sides else sides[0], by=by, now=now, is_demo=is_demo)


def _begun(report, sides):
    if report.side in sides or report.state != State.DRAFT:
        return report
    raise WrongState(_("The other side has begun the report of this test. You read it as soon as it is submitted to you."), code="begun")


def _insert(application, side, *, by, now, is_demo):
    request, terms = application.request, application.agreed_terms
    report = TestReport(
        application=application, lab=application.lab, organisation=application.organisation, created_by=by, side=side,
        state=State.DRAFT, state_changed_at=now, is_demo=is_demo,
        start_date=terms.starts_on if terms else request.starts_on, end_date=terms.ends_on if terms else request.ends_on,
    )  # fmt: skip
    insert_with_slug(report, request.title, noun="report")
    text = TestReportText(report=report, language=request.language, is_original=True, title=request.title, done=_known(request))
    text.save(force_insert=True)
    index_reports([report.pk])
    audit("create", report, by=by)
    return report


def _known(request):
    """What the request said of the test, as the beginning of what is to be told of it."""
    with override(request.language):
        parts = ((_("What was to be tested"), request.tested), (_("Which problem it solves"), request.problem))
        return "\n\n".join(f"### {title}\n\n{words}" for title, words in parts if words)


def update_report(report, *, by, opened_at=None, **data):
    """Change what is named in `data`: fields of `FIELDS`, and `texts`, `results`, `links` as mappings, each replaced as a whole.

    Possible while the report is written. Whether the host would go on is said by the lab alone.
    `opened_at`: the revision the form was opened at. Raises `ValidationError`, `WrongState`.
    """
    fields = {name: data.pop(name) for name in FIELDS if name in data}
    rows = {name: data.pop(name) for name in ROWS if name in data}
    if data:
        raise TypeError(f"A report has no {', '.join(sorted(data))}")
    with transaction.atomic():
        row = locked(report, WRITTEN, _("Only a draft can be changed; this report is now “%(state)s”."))
        require_writer(row, by)
        if opened_at not in (None, row.revision):
            raise changed_meanwhile()
        if row.side != Side.LAB and (fields.get("goes_on") or fields.get("goes_on_why")):
            raise ValidationError({"goes_on": _("The lab says this itself, when it agrees to the report.")})
        before = {name: getattr(row, name) for name in fields}
        for name, value in fields.items():
            setattr(row, name, value)
        clean_row(row, exclude=("slug", "state_reason"))
        made = _cleaned(row, rows)
        row.revision += 1
        row.save(update_fields=[*fields, "revision", "updated_at"])
        for name, parts in made.items():
            getattr(row, name).all().delete()
            ROWS[name].objects.bulk_create(parts)
        index_reports([row.pk])
        changes = {name: [str(before[name]), str(getattr(row, name))] for name in fields if before[name] != getattr(row, name)}
        audit("update", row, by=by, changes=changes | dict.fromkeys(rows, "replaced"))
    report.refresh_from_db()
    report._prefetched_objects_cache = {}
    return report


def _cleaned(report, rows):
    made = {name: clean_rows(ROWS[name], values, report=report) for name, values in rows.items()}
    texts = made.get("texts")
    if texts is not None and sum(text.is_original for text in texts) != 1:
        raise ValidationError(_("A report has exactly one original text."))
    return made
