"""The list behind the bell, and what marks a notification as read. Nothing is marked by looking."""

from django.core.paginator import Paginator
from django.http import HttpResponseNotModified
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from common.access import member_required
from notifications import pages
from notifications.actions import mark_read
from notifications.models import Notification

A_PAGE = 30
member = member_required(reason=_("Notifications are for members: sign in to read yours."), terms=False)


@require_safe
@member
def notification_list(request):
    own = Notification.objects.visible_to(request.user)
    only_unread = request.GET.get("unread") == "1"
    listed = (own.unread() if only_unread else own).for_list()
    page = Paginator(listed, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "rows": pages.rows(page.object_list, request.user),
        "page_obj": page,
        "only_unread": only_unread,
        "unread": pages.unread_count(request.user),
        "tabs": pages.tabs("list"),
        "trail": pages.trail(),
    }
    return render(request, "notifications/list.html", context)


@require_safe
def count(request):
    """The inside of the bell, asked for every minute: 304 while nothing has changed; who is signed out meanwhile has nothing unread."""
    unread = pages.unread_count(request.user) if request.user.is_authenticated else 0
    mark = f'"{get_language()}-{request.user.pk}-{unread}"'
    known = [one.strip().removeprefix("W/") for one in request.headers.get("If-None-Match", "").split(",")]
    response = HttpResponseNotModified() if mark in known else render(request, "notifications/_bell.html", {"unread": unread})
    response["ETag"], response["Cache-Control"] = mark, "private, no-cache"
    return response


@require_POST
@member
def open_one(request, pk):
    """Mark as read and go where it leads."""
    notification = get_object_or_404(Notification.objects.visible_to(request.user).for_list(), pk=pk)
    mark_read(request.user, Notification.objects.filter(pk=pk))
    row = pages.rows([notification], request.user)[0]
    return redirect(row.url or "notifications:list")


@require_POST
@member
def read_one(request, pk):
    get_object_or_404(Notification.objects.visible_to(request.user), pk=pk)
    mark_read(request.user, Notification.objects.filter(pk=pk))
    return redirect("notifications:list")


@require_POST
@member
def read_all(request):
    mark_read(request.user, Notification.objects.visible_to(request.user))
    return redirect("notifications:list")
