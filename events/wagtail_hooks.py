"""Events in the administration's menu, for moderators."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from common.cms import ModeratorsMenuItem
from events.views import moderation


@hooks.register("register_admin_urls")
def event_urls():
    verbs = [path(f"<int:pk>/{verb}/", moderation.carry_out, {"verb": verb}, name=verb) for verb in moderation.MODERATING]
    return [path("events/", include(([path("", moderation.event_list, name="list"), *verbs], "events_cms")))]


@hooks.register("register_admin_menu_item")
def event_menu_item():
    return ModeratorsMenuItem(_("Events"), reverse("events_cms:list"), icon_name="calendar-alt", order=212)
