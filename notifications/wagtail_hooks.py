"""The ledger in the administration's menu, for moderators."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from common.cms import ModeratorsMenuItem
from notifications.views import addresses, deliveries


@hooks.register("register_admin_urls")
def delivery_urls():
    found = [
        path("", deliveries.delivery_list, name="list"),
        path("addresses/", addresses.address_list, name="addresses"),
        path("addresses/<int:pk>/let-go/", addresses.let_mail_go, name="let_go"),
        path("<int:pk>/send-again/", deliveries.send_delivery_again, name="send_again"),
    ]
    return [path("deliveries/", include((found, "deliveries_cms")))]


@hooks.register("register_admin_menu_item")
def delivery_menu_item():
    return ModeratorsMenuItem(_("Deliveries"), reverse("deliveries_cms:list"), icon_name="mail", order=260)
