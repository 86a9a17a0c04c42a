"""Living labs in the administration's menu, for moderators."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from common.cms import ModeratorsMenuItem
from livinglabs.verbs import LAB_VERBS
from livinglabs.views import looking_after


@hooks.register("register_admin_urls")
def lab_urls():
    addresses = [
        path("", looking_after.moderation, name="list"),
        *(path(f"<int:pk>/{verb}/", looking_after.carry_out_by_key, {"verb": verb}, name=verb) for verb in LAB_VERBS),
    ]
    return [path("living-labs/", include((addresses, "livinglabs_cms")))]


@hooks.register("register_admin_menu_item")
def lab_menu_item():
    return ModeratorsMenuItem(_("Living labs"), reverse("livinglabs_cms:list"), icon_name="site", order=215)
