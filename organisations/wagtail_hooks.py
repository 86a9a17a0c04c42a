"""Organisations in the administration, for moderators."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy
from wagtail import hooks

from common.cms import ModeratorsMenuItem
from organisations.views import moderation


@hooks.register("register_admin_urls")
def organisation_urls():
    addresses = [
        path("", moderation.moderation_list, name="list"),
        path("<int:pk>/", moderation.moderation_detail, name="detail"),
        path("<int:pk>/verify/", moderation.verify, name="verify"),
        path("<int:pk>/decline/", moderation.decline, name="decline"),
        path("<int:pk>/merge/", moderation.merge, name="merge"),
        path("<int:pk>/domains/add/", moderation.add_domain, name="add_domain"),
        path("<int:pk>/domains/<int:domain>/remove/", moderation.remove_domain, name="remove_domain"),
        path("<int:pk>/domains/asked/<int:asked>/give/", moderation.give_domain, name="give_domain"),
        path("<int:pk>/domains/asked/<int:asked>/decline/", moderation.decline_domain, name="decline_domain"),
    ]
    return [path("organisations/", include((addresses, "organisations_cms")))]


@hooks.register("register_admin_menu_item")
def organisation_menu_item():
    return ModeratorsMenuItem(gettext_lazy("Organisations"), reverse("organisations_cms:list"), icon_name="group", order=220)
