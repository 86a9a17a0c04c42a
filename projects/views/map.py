"""The map: its page with the list beside it, its data, and the operator's boundaries."""

from django.http import JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import condition, require_safe

from projects.filters import ProjectFilter
from projects.map_page import MapPage, ProjectMap
from projects.maps import BadView, View, read_view
from taxonomy.boundaries import as_geojson, loaded_boundaries


@require_safe
def project_map(request):
    """The page: the tile map or, with script, the land; beside it the municipalities or the single projects."""
    try:
        view = read_view(request.GET)
    except BadView:
        view = View()  # an address somebody shortened still shows the whole region
    template = "projects/_map_list.html" if request.htmx else "projects/map.html"
    response = render(request, template, {"map": MapPage(ProjectFilter(request.GET, request.user), view, request.GET)})
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
def map_data(request):
    """The same as JSON for the script: numbers by municipality, or the single projects."""
    try:
        view = read_view(request.GET)
    except BadView as error:
        return JsonResponse({"error": str(error)}, status=400)
    return JsonResponse(ProjectMap(ProjectFilter(request.GET, request.user), view).as_data())


@require_safe
@gzip_page
@condition(etag_func=lambda request: f'"{loaded_boundaries().version}"')
def boundaries(request):
    """Every boundary the operator has loaded, as GeoJSON. The address carries a version, so it is kept for a year."""
    response = JsonResponse(as_geojson(), json_dumps_params={"separators": (",", ":")})
    response["Cache-Control"] = "public, max-age=31536000, immutable" if "v" in request.GET else "public, max-age=300"
    return response
