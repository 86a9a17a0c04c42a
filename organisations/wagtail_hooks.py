"""Organisations in the administration: proposals first, read-only; the button is the verb. For moderators."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from common.errors import WrongState
from common.rules import is_moderator
from organisations import actions
from organisations.models import Organisation

A_PAGE = 50


@require_safe
def organisation_moderation(request):
    """Proposals, the oldest first, then what is verified; 403 for everybody but moderators."""
    if not is_moderator(request.user):
        raise PermissionDenied
    seen = Organisation.objects.visible_to(request.user).for_moderation()
    page = Paginator(seen, A_PAGE).get_page(request.GET.get("p"))
    return render(request, "organisations/cms/list.html", {"page_obj": page})


@require_POST
def verify(request, pk):
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    if not request.user.has_perm("organisations.verify", organisation):
        raise PermissionDenied
    try:
        actions.verify(organisation, by=request.user)
    except WrongState as refusal:
        messages.warning(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("“%(name)s” is verified.") % {"name": organisation})
    return redirect("organisations_cms:list")


class ModeratorsMenuItem(MenuItem):
    def is_shown(self, request):
        return is_moderator(request.user)


@hooks.register("register_admin_urls")
def organisation_urls():
    addresses = [path("", organisation_moderation, name="list"), path("<int:pk>/verify/", verify, name="verify")]
    return [path("organisations/", include((addresses, "organisations_cms")))]


@hooks.register("register_admin_menu_item")
def organisation_menu_item():
    return ModeratorsMenuItem(gettext_lazy("Organisations"), reverse("organisations_cms:list"), icon_name="group", order=220)
