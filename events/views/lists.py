"""Events as a list, as a month, as a feed."""

from django.core.paginator import EmptyPage, PageNotAnInteger
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from common.access import member_required
from common.text import clean_name
from events.feeds import event_feed
from events.filters import EventFilter
from events.hosting import hosts_of
from events.lists import ListPage, MonthPage
from projects.models import Project

MOST_SUGGESTED, LONGEST = 8, 80


@require_safe
def event_list(request):
    """The next first; what is over at `?when=past`. For htmx only the part that changes. 404 beyond the last page."""
    page = ListPage(EventFilter(request.GET, request.user), request.GET.get("page") or 1)
    is_part = request.htmx and not request.htmx.history_restore_request
    try:
        context = {"page": page, "page_obj": page.page_obj, "may_hold": bool(hosts_of(request.user))}
    except (EmptyPage, PageNotAnInteger) as error:
        raise Http404(_("There is no such page of events.")) from error
    response = render(request, "events/_found.html" if is_part else "events/list.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
def month(request):
    """A month as a table; on narrow screens as a list."""
    page = MonthPage(EventFilter(request.GET, request.user), request.GET.get("month"))
    return render(request, "events/month.html", {"page": page})


@require_safe
@conditional_page
def feed(request):
    """Atom; 304 for a reader that has it already."""
    text = event_feed(EventFilter(request.GET, request.user), request.build_absolute_uri)
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")


@member_required
@require_safe
def suggest_projects(request):
    """`{"found": [{"value", "label", "note"}]}`: published projects whose title holds `?q=`."""
    text = clean_name(request.GET.get("q", "").replace("\x00", ""))[:LONGEST]
    seen = Project.objects.visible_to(request.user).listed().filter(texts__title__icontains=text) if text else Project.objects.none()
    rows = Project.objects.filter(pk__in=seen.order_by().values("pk")).select_related("organisation").prefetch_related("texts")
    found = [{"value": one.slug, "label": str(one), "note": one.organisation.name} for one in rows[:MOST_SUGGESTED]]
    return JsonResponse({"found": found})
