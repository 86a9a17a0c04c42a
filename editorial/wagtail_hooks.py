"""What editors find in the menu of /cms/: the words of the frame and the introductions, each language beside the other."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from common.cms import ModeratorsMenuItem
from editorial.models import Footer, Menu, MunicipalityIntroduction, Text, ThemeIntroduction
from editorial.moderation import views as moderation
from editorial.moderation.queue import count_waiting


class ThemeIntroductionViewSet(SnippetViewSet):
    model = ThemeIntroduction
    icon = "tag"
    list_display = ["theme", "locale", "intro"]
    list_filter = ["theme"]


class MunicipalityIntroductionViewSet(SnippetViewSet):
    model = MunicipalityIntroduction
    icon = "site"
    list_display = ["municipality", "locale", "intro"]


class MenuViewSet(SnippetViewSet):
    model = Menu
    icon = "list-ul"


class FooterViewSet(SnippetViewSet):
    model = Footer
    icon = "list-ul"


class TextViewSet(SnippetViewSet):
    model = Text
    icon = "pilcrow"
    list_display = ["place", "locale", "text"]
    list_filter = ["place"]


class FrameGroup(SnippetViewSetGroup):
    """Introductions, menu, footer and texts under one entry."""

    items = (ThemeIntroductionViewSet, MunicipalityIntroductionViewSet, MenuViewSet, FooterViewSet, TextViewSet)
    menu_label = _("Portal texts")
    menu_icon = "pilcrow"
    menu_order = 250


register_snippet(FrameGroup)


@hooks.register("construct_main_menu")
def hide_empty_parts(request, menu_items):
    """Snippets have a menu of their own above."""
    menu_items[:] = [item for item in menu_items if item.name != "snippets"]


class WaitingMenuItem(ModeratorsMenuItem):
    """With the number of what waits and this moderator may see."""

    def render_component(self, request):
        component = super().render_component(request)
        number = sum(count_waiting(request.user).values())
        component.label = f"{component.label} ({number})" if number else component.label
        return component


@hooks.register("register_admin_urls")
def moderation_urls():
    addresses = [
        path("waiting/", moderation.waiting, name="waiting"),
        path("waiting/<slug:kind>/<int:pk>/assign/", moderation.assign, name="assign"),
        path("waiting/reports/<int:pk>/", moderation.report, name="report"),
        *(path(f"waiting/reports/<int:pk>/{verb}/", moderation.close, {"verb": verb}, name=f"report_{verb}") for verb in moderation.VERBS),
        path("history/<slug:word>/<int:pk>/", moderation.history, name="history"),
        path("members/", moderation.member_list, name="members"),
        path("members/<int:pk>/", moderation.member, name="member"),
        path("members/<int:pk>/suspend/", moderation.suspend, name="suspend"),
        path("members/<int:pk>/unsuspend/", moderation.unsuspend, name="unsuspend"),
    ]
    return [path("", include((addresses, "moderation_cms")))]


@hooks.register("register_admin_menu_item")
def waiting_menu_item():
    label = pgettext_lazy("menu", "What waits")
    return WaitingMenuItem(label, reverse("moderation_cms:waiting"), name="waiting", icon_name="tasks", order=200)


@hooks.register("register_admin_menu_item")
def members_menu_item():
    return ModeratorsMenuItem(_("Members"), reverse("moderation_cms:members"), name="members", icon_name="user", order=230)
