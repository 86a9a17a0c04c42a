"""The member's desk, and what Django asks the portal for when a view failed."""

import sys

from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from common.access import member_required
from portal import errors
from portal.desk import Desk
from portal.middleware import is_away, unavailable


@require_safe
@member_required(reason=_("Your desk shows what waits for you. Sign in, and you are led to it."))
def desk(request):
    """What waits for the signed-in member."""
    return render(request, "portal/desk.html", {"desk": Desk(request.user)})


def server_error(request):
    """The page for an error: 503 when a middleware met a database that is away, else the 500 page."""
    error = sys.exc_info()[1]
    return unavailable() if is_away(error) else errors.server_error(request)
