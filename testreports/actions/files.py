"""Photos and data sets of a report."""

from django.db import transaction
from django.utils.translation import gettext as _

from records import actions as records
from testreports.actions.locking import locked, require_writer
from testreports.enums import WRITTEN


def add_file(report, file, *, by, title="", alt=""):
    """Keep a picture, a table or a document with a report that is being written. Raises `ValidationError`."""
    with transaction.atomic():
        row = _written(report, by)
        return records.add_attachment(row, file, by=by, title=title, alt=alt)


def remove_file(report, attachment, *, by):
    with transaction.atomic():
        _written(report, by)
        records.remove_attachment(attachment, by=by)


def _written(report, by):
    row = locked(report, WRITTEN, _("Only a draft can be changed; this report is now “%(state)s”."))
    require_writer(row, by)
    return row
