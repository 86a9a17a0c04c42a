"""Runs of the digest in the administration's menu, for moderators."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from common.cms import ModeratorsMenuItem
from digests.views import runs


@hooks.register("register_admin_urls")
def digest_urls():
    addresses = [
        path("", runs.run_list, name="runs"),
        path("switch/off/", runs.switch, {"way": "off"}, name="switch_off"),
        path("switch/on/", runs.switch, {"way": "on"}, name="switch_on"),
        *[path(f"<int:pk>/{verb}/", runs.change_run, {"verb": verb}, name=verb) for verb in runs.VERBS],
    ]
    return [path("digests/", include((addresses, "digests_cms")))]


@hooks.register("register_admin_menu_item")
def digest_menu_item():
    return ModeratorsMenuItem(_("Digests"), reverse("digests_cms:runs"), icon_name="calendar", order=265)
