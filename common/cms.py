"""What the apps' parts of the administration share."""

from wagtail.admin.menu import MenuItem

from common.rules import is_moderator


class ModeratorsMenuItem(MenuItem):
    """An entry of the menu that only moderators see."""

    def is_shown(self, request):
        return is_moderator(request.user)
