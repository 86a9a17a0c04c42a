"""Digests in the administration: in the menu and on the front page for moderators."""

from django.urls import include, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.snippets.models import register_snippet

from common.cms import ModeratorsMenuItem
from common.rules import is_moderator
from digests.models import Issue
from digests.pins import CHOOSERS
from digests.run_page import rows_of
from digests.views import inquiring, issues, runs
from digests.watching import missed, switched_off
from notifications.enums import MailList
from notifications.models import Run


@hooks.register("register_admin_urls")
def digest_urls():
    addresses = [
        path("", runs.run_list, name="runs"),
        path("live/", runs.live_list, name="live"),
        path("due/", runs.who_is_due, name="due"),
        path("members/", inquiring.find, name="members"),
        path("members/<int:pk>/", inquiring.inquire, name="member"),
        path("members/<int:pk>/look/", inquiring.look, name="look"),
        path("switch/off/", runs.switch, {"way": "off"}, name="switch_off"),
        path("switch/on/", runs.switch, {"way": "on"}, name="switch_on"),
        path("<int:pk>/", runs.run_detail, name="run"),
        path("<int:pk>/live/", runs.live_run, name="live_run"),
        *[path(f"<int:pk>/{verb}/", runs.change_run, {"verb": verb}, name=verb) for verb in runs.VERBS],
    ]
    return [path("digests/", include((addresses, "digests_cms")))]


@hooks.register("register_admin_menu_item")
def digest_menu_item():
    return ModeratorsMenuItem(_("Digests"), reverse("digests_cms:runs"), icon_name="calendar", order=265)


@hooks.register("register_permissions")
def digest_permissions():
    """What an administrator may give to a role."""
    from django.contrib.auth.models import Permission

    return Permission.objects.filter(content_type__app_label="digests", codename="look_into")


class DigestPanel(Component):
    """The last run and the switch, on the front page."""

    name, template_name, order = "digest", "digests/cms/_panel.html", 110

    def get_context_data(self, parent_context):
        last = list(Run.objects.filter(list=MailList.DIGEST).order_by("-slot")[:1])
        rows = rows_of(last, timezone.now(), shared=True)
        return {"row": rows[0] if rows else None, "missed": missed(), "off": switched_off()}


@hooks.register("construct_homepage_panels")
def digest_panel(request, panels):
    if is_moderator(request.user):
        panels.append(DigestPanel())


register_snippet(issues.IssueViewSet)
for one in CHOOSERS:
    hooks.register("register_admin_viewset", lambda chooser=one: chooser)


@hooks.register("register_snippet_action_menu_item")
def ready_item(model):
    return issues.ReadyItem() if model is Issue else None


@hooks.register("register_snippet_action_menu_item")
def back_item(model):
    return issues.BackItem() if model is Issue else None


@hooks.register("before_bulk_action")
def issues_one_by_one(request, action_type, objects, action_class_instance):
    return issues.one_by_one(request, action_type, objects)
