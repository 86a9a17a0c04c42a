"""What every door of one group begins with."""

import functools

from django.core.exceptions import PermissionDenied
from django.http import Http404

from workinggroups.models import Resource, WorkingGroup


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


def resource_door(view=None, *, permission=""):
    """Finds a file or link in the group: 404 for what one may not read, 403 without the permission, asked of the resource's group
    or, where its name ends in `resource`, of the resource itself."""
    if view is None:
        return functools.partial(resource_door, permission=permission)

    @group_door
    @functools.wraps(view)
    def door(request, group, pk, **kwargs):
        seen = Resource.objects.visible_to(request.user).filter(group=group, pk=pk)
        row = seen.for_lists().select_related("folder__parent", "group", "current", "created_by", "changed_by").first()
        if row is None:
            raise Http404
        row.group = group
        asked = row if permission.endswith("resource") else group
        if permission and not request.user.has_perm(permission, asked):
            raise PermissionDenied
        if row.folder:
            row.folder.group = group
            if row.folder.parent:
                row.folder.parent.group = group
        return view(request, group, row, **kwargs)

    return door
