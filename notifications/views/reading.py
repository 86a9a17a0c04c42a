"""The list behind the bell, and what marks a notification as read. Nothing is marked by looking."""

from django.http import HttpResponseNotModified
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from common.access import member_required, next_page
from notifications import listing, pages
from notifications.actions import mark_read
from notifications.models import Notification
from notifications.quiet import zone_of

member = member_required(reason=_("Notifications are for members: sign in to read yours."), terms=False)


@require_safe
@member
def notification_list(request):
    context = {"page": listing.ListPage(request.user, request.GET), "tabs": pages.tabs("list"), "trail": pages.trail()}
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


def _own(request, pk):
    """(one's own notifications, the one that is meant); what is another's is not there."""
    own = Notification.objects.visible_to(request.user)
    return own, get_object_or_404(own.for_list(), pk=pk)


def _back(request):
    """To the list as it was narrowed."""
    return redirect(next_page(request) or "notifications:list")


@require_POST
@member
def open_one(request, pk):
    """Mark as read and go where it leads."""
    own, notification = _own(request, pk)
    mark_read(request.user, own.filter(pk=pk))
    return redirect(pages.rows([notification], request.user)[0].url or "notifications:list")


@require_POST
@member
def open_together(request, pk):
    """Go to the oldest unread one of a bundle, and mark them all as read."""
    own, notification = _own(request, pk)
    url = listing.first_unread(request.user, notification)
    mark_read(request.user, own.together_with(notification, zone_of(request.user.time_zone)))
    return redirect(url or "notifications:list")


@require_POST
@member
def read_one(request, pk):
    own, _notification = _own(request, pk)
    mark_read(request.user, own.filter(pk=pk))
    return _back(request)


@require_POST
@member
def read_together(request, pk):
    own, notification = _own(request, pk)
    mark_read(request.user, own.together_with(notification, zone_of(request.user.time_zone)))
    return _back(request)


@require_POST
@member
def read_all(request):
    """All that stood in the list as it was narrowed; none that came after it was read."""
    asked, upto = request.POST, request.POST.get("upto", "")
    listed = listing.ListPage(request.user, asked).listed
    mark_read(request.user, listed.filter(pk__lte=int(upto)) if upto.isascii() and upto.isdigit() and len(upto) < 19 else listed)
    return _back(request)
