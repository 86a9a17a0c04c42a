"""The ledger in the administration's menu, for moderators."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from common.rules import is_moderator
from notifications.views import deliveries


class ModeratorsMenuItem(MenuItem):
    def is_shown(self, request):
        return is_moderator(request.user)


@hooks.register("register_admin_urls")
def delivery_urls():
    addresses = [
        path("", deliveries.delivery_list, name="list"),
        path("<int:pk>/send-again/", deliveries.send_delivery_again, name="send_again"),
    ]
    return [path("deliveries/", include((addresses, "deliveries_cms")))]


@hooks.register("register_admin_menu_item")
def delivery_menu_item():
    return ModeratorsMenuItem(_("Deliveries"), reverse("deliveries_cms:list"), icon_name="mail", order=260)
