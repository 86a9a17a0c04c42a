"""Working groups in the administration, for moderators: all that is not a draft, with what needs somebody."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.shortcuts import render
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from wagtail import hooks

from common.cms import ModeratorsMenuItem
from common.publishing import State
from common.rules import is_moderator
from workinggroups.models import GroupMembership, WorkingGroup

A_PAGE = 50


@require_safe
def moderation_list(request):
    """Groups without a chair who may act first, then the newest; 403 for everybody but moderators."""
    if not is_moderator(request.user):
        raise PermissionDenied
    chairs = GroupMembership.objects.acting_chairs().filter(group=OuterRef("pk"))
    seen = WorkingGroup.objects.visible_to(request.user).exclude(state=State.DRAFT).annotate(has_chair=Exists(chairs))
    rows = seen.with_numbers().select_related("organisation").prefetch_related("texts").order_by("has_chair", "-published_at", "-pk")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("p"))
    return render(request, "workinggroups/cms/list.html", {"page_obj": page})


@hooks.register("register_admin_urls")
def group_urls():
    return [path("working-groups/", include(([path("", moderation_list, name="list")], "workinggroups_cms")))]


@hooks.register("register_admin_menu_item")
def group_menu_item():
    return ModeratorsMenuItem(gettext_lazy("Working groups"), reverse("workinggroups_cms:list"), icon_name="group", order=225)
