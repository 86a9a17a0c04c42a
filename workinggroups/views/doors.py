"""What every door of one group begins with."""

import functools

from django.core.exceptions import PermissionDenied
from django.http import Http404

from workinggroups.models import WorkingGroup


def group_door(view=None, *, permission=""):
    """Finds the group by its slug: 404 for what one may not see, 403 without the permission."""
    if view is None:
        return functools.partial(group_door, permission=permission)

    @functools.wraps(view)
    def door(request, slug, **kwargs):
        seen = WorkingGroup.objects.visible_to(request.user).select_related("organisation").prefetch_related("texts", "themes")
        group = seen.filter(slug=slug).first()
        if group is None:
            raise Http404
        if permission and not request.user.has_perm(permission, group):
            raise PermissionDenied
        return view(request, group, **kwargs)

    return door
