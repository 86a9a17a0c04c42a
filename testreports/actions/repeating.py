"""The same test in another lab."""

import uuid
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from common.errors import WrongState
from records.actions import audit
from testreports.actions.locking import locked
from testreports.enums import State
from testrequests.actions import FIELDS, create_request
from testrequests.enums import Side
from testrequests.models import TEXT_LIMIT
from testrequests.rules import sides_of

#: What another lab and another time decide anew.
ANEW = ("starts_on", "ends_on", "municipality", "place", "permits")


def test_again(report, *, by):
    """A draft of the request this report came from, for the company; it names what was learnt. Once for each member and report.

    Raises `WrongState`.
    """
    with transaction.atomic():
        row = locked(report, (State.PUBLISHED,), _("The next test begins where this one is agreed on; the report is now “%(state)s”."))
        if Side.COMPANY not in sides_of(by, row.application):
            raise WrongState(_("You do not act for whoever tested."), code="not_yours")
        request = row.application.request
        said = {name: getattr(request, name) for name in FIELDS if name not in ANEW}
        said["results"] = _with_report(row, request)
        key = uuid.uuid5(uuid.NAMESPACE_URL, f"{urlsplit(settings.SITE_URL).hostname}/test-report/{row.pk}/again/{by.pk}")
        again = create_request(by=by, organisation=row.organisation, key=key, **said)
        audit("test_again", row, by=by, changes={"request": again.pk})
    return again


def _with_report(report, request):
    """What will be known afterwards, and before it where to read of the test that was."""
    with override(request.language):
        before = _("Tested before at %(lab)s: %(url)s") % {"lab": report.lab, "url": settings.SITE_URL + report.get_absolute_url()}
    return f"{before}\n\n{request.results}".strip()[:TEXT_LIMIT]
