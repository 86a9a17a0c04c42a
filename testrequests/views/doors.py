"""What every door of a request and of an application begins with: 404 for what one may not see, 403 for what is the other side's."""

import functools

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext_lazy

from common.access import member_required
from testrequests.models import Application, TestRequest
from testrequests.rules import may, sides_of

WHY = gettext_lazy("Test requests are between those who ask and the lab. Sign in, and you are led on.")
member = member_required(reason=WHY)


def request_door(view=None, *, permission=""):
    """Finds a request by its key."""
    if view is None:
        return functools.partial(request_door, permission=permission)

    @functools.wraps(view)
    def door(request, pk, **kwargs):
        seen = TestRequest.objects.visible_to(request.user).select_related("organisation", "created_by", "municipality", "confidential")
        asked = seen.filter(pk=pk).first()
        if asked is None:
            raise Http404
        if permission and not request.user.has_perm(permission, asked):
            raise PermissionDenied
        return view(request, asked, **kwargs)

    return door


def application_door(view=None, *, verb="", acting=False):
    """Finds an application by its request and its own key. `verb` names one of the table; `acting` wants somebody of either side."""
    if view is None:
        return functools.partial(application_door, verb=verb, acting=acting)

    @functools.wraps(view)
    def door(request, pk, application, **kwargs):
        seen = Application.objects.visible_to(request.user).filter(request=pk, pk=application)
        row = seen.select_related(*PARTS).prefetch_related("lab__texts", "offer__texts").first()
        if row is None:
            raise Http404
        wanted = kwargs.get("verb", verb)
        if (wanted and not may(request.user, wanted, row)) or (acting and not sides_of(request.user, row)):
            raise PermissionDenied
        return view(request, row, **kwargs)

    return door


PARTS = (
    "request__organisation", "request__created_by", "request__municipality", "request__confidential", "organisation",
    "lab__organisation", "offer__lab", "agreed_terms", "booking",
)  # fmt: skip
