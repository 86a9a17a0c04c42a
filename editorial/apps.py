from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class EditorialConfig(AppConfig):
    name = "editorial"
    default = True


class RolesConfig(WagtailUsersAppConfig):
    """Wagtail's list of users, as the place where administrators hand out roles."""

    user_viewset = "editorial.roles.MemberViewSet"
