"""The ledger in the administration's menu, for moderators."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from common.cms import ModeratorsMenuItem
from notifications.views import deliveries


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
