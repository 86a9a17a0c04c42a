"""What the apps' parts of the administration share."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from wagtail.admin.menu import MenuItem

from common.rules import is_moderator


class ModeratorsMenuItem(MenuItem):
    """An entry of the menu that only moderators see."""

    def is_shown(self, request):
        return is_moderator(request.user)


def only(may):
    """403 for whoever `may` not; signed-out people never come to the administration's doors (`editorial.cms_urls`)."""

    def guard(view):
        @wraps(view)
        def door(request, *args, **kwargs):
            if not may(request.user):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return door

    return guard
