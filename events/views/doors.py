"""What every door of one event begins with."""

import functools

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from events.page import opened, opened_briefly


def event_door(view=None, *, permission="", brief=False):
    """Finds the event by its slug: 404 for what one may not see, 403 without the permission. `brief`: without what only its page shows."""
    if view is None:
        return functools.partial(event_door, permission=permission, brief=brief)

    @functools.wraps(view)
    def door(request, slug, **kwargs):
        event = get_object_or_404((opened_briefly if brief else opened)(request.user), slug=slug)
        if permission and not request.user.has_perm(permission, event):
            raise PermissionDenied
        return view(request, event, **kwargs)

    return door
