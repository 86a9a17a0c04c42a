"""Projects in the administration's menu, for moderators."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from common.cms import ModeratorsMenuItem
from projects.verbs import VERBS
from projects.views import moderation


@hooks.register("register_admin_urls")
def project_urls():
    addresses = [
        path("", moderation.project_moderation, name="list"),
        *(path(f"<int:pk>/{verb}/", moderation.carry_out, {"verb": verb}, name=verb) for verb in VERBS),
    ]
    return [path("projects/", include((addresses, "projects_cms")))]


@hooks.register("register_admin_menu_item")
def project_menu_item():
    return ModeratorsMenuItem(_("Projects"), reverse("projects_cms:list"), icon_name="folder-open-inverse", order=210)
