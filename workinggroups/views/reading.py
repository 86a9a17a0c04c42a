"""Groups as they are found and read, and as feed and file."""

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from common.access import member_required
from workinggroups import exports
from workinggroups.feeds import group_feed
from workinggroups.filters import GroupFilter
from workinggroups.mine import MyGroups
from workinggroups.models import Announcement
from workinggroups.page import GroupPage
from workinggroups.views.doors import group_door


@require_safe
def group_list(request):
    """Groups by theme, organisation, joining, sign of life and words; the liveliest first."""
    found = GroupFilter(request.GET, request.user)
    template = "workinggroups/_found.html" if request.htmx else "workinggroups/list.html"
    return render(request, template, {"found": found})


@require_safe
@group_door
def group_detail(request, group):
    """The overview: mandate, projects, seats, who leads it."""
    return render(request, "workinggroups/detail.html", {"page": GroupPage(group, request.user)})


@require_safe
@member_required(reason=gettext_lazy("Sign in to read the announcements of the group."))
@group_door
def announcements(request, group):
    """What the chairs told the members, the newest first; for members and moderators."""
    rows = Announcement.objects.visible_to(request.user).filter(group=group).select_related("by")[:100]
    return render(request, "workinggroups/announcements.html", {"page": GroupPage(group, request.user, "announcements"), "rows": rows})


@require_safe
@member_required(reason=gettext_lazy("Sign in to see your working groups."))
def mine(request):
    """The groups one belongs to, and what waits for one's answer or another's."""
    return render(request, "workinggroups/mine.html", {"mine": MyGroups(request.user)})


@require_safe
def feed(request):
    text = group_feed(GroupFilter(request.GET, request.user), request.build_absolute_uri)
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")


@require_safe
def export_csv(request):
    lines = exports.csv_lines(GroupFilter(request.GET, request.user).queryset, request.build_absolute_uri)
    name = f'attachment; filename="working-groups-{localdate():%Y-%m-%d}.csv"'
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": name})
