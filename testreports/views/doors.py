"""The door to one report."""

import functools

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from testreports.page import opened


def report_door(view=None, *, permission=""):
    """Finds the report by its slug: 404 for what one may not see, 403 without the permission."""
    if view is None:
        return functools.partial(report_door, permission=permission)

    @functools.wraps(view)
    def door(request, slug, **kwargs):
        report = get_object_or_404(opened(request.user), slug=slug)
        if permission and not request.user.has_perm(permission, report):
            raise PermissionDenied
        return view(request, report, **kwargs)

    return door
