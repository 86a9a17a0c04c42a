"""Labs and offers as they are found and read, and as feed and files."""

from django.http import HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.timezone import localdate
from django.views.decorators.http import conditional_page, require_safe

from livinglabs import exports
from livinglabs.feeds import lab_feed
from livinglabs.filters import LabFilter
from livinglabs.map_page import LabMap
from livinglabs.page import LabPage, OfferPage
from livinglabs.views.doors import lab_door, offer_door


@require_safe
def lab_list(request):
    """Labs by theme, what can be booked, place, infrastructure, readiness and words; for htmx only the part that changes."""
    is_part = request.htmx and not request.htmx.history_restore_request
    template = "livinglabs/_catalogue.html" if is_part else "livinglabs/list.html"
    response = render(request, template, {"found": LabFilter(request.GET, request.user)})
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
def lab_map(request):
    """The same labs on the map, with their list beside it."""
    return render(request, "livinglabs/map.html", {"map": LabMap(request.GET, request.user)})


@require_safe
def map_data(request):
    return JsonResponse(LabMap(request.GET, request.user).as_data())


@require_safe
@lab_door
def lab_detail(request, lab):
    return render(request, "livinglabs/detail.html", {"page": LabPage(lab, request.user)})


@require_safe
@offer_door
def offer_detail(request, offer):
    return render(request, "livinglabs/offer.html", {"page": OfferPage(offer, request.user)})


@require_safe
@conditional_page
def feed(request):
    """Atom; 304 for a reader that has it already."""
    text = lab_feed(LabFilter(request.GET, request.user), request.build_absolute_uri)
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")


@require_safe
def export_csv(request):
    lines = exports.csv_lines(LabFilter(request.GET, request.user).queryset, request.user, request.build_absolute_uri)
    name = f'attachment; filename="living-labs-{localdate():%Y-%m-%d}.csv"'
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": name})
