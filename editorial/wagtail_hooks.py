"""What editors find in the menu of /cms/: the words of the frame and the introductions, each language beside the other."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from editorial.models import Footer, Menu, MunicipalityIntroduction, Text, ThemeIntroduction


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
