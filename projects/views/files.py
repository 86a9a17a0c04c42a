"""The projects of any filter as feed and files: the same parameters as the catalogue."""

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import conditional_page, require_safe

from projects import exports
from projects.feeds import project_feed
from projects.filters import ProjectFilter

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _named(response, extension):
    response["Content-Disposition"] = f'attachment; filename="projects-{timezone.localdate():%Y-%m-%d}.{extension}"'
    return response


@require_safe
@conditional_page
def feed(request):
    """Atom; 304 for a reader that has it already."""
    text = project_feed(ProjectFilter(request.GET, request.user), request.build_absolute_uri)
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")


@require_safe
def export_csv(request):
    lines = exports.csv_lines(ProjectFilter(request.GET, request.user).queryset)
    return _named(StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8"), "csv")


@require_safe
def export_xlsx(request):
    """A workbook of up to 10,000 projects; for more a page that leads to the CSV file."""
    found = ProjectFilter(request.GET, request.user)
    if found.count > exports.MOST_XLSX_ROWS:
        page = {"csv_url": reverse("projects:export_csv") + found.address(), "count": found.count, "most": exports.MOST_XLSX_ROWS}
        return render(request, "projects/too_many.html", page, status=400)
    return _named(FileResponse(exports.xlsx_file(found.queryset), content_type=XLSX), "xlsx")


@require_safe
def export_geojson(request):
    lines = exports.geojson_lines(
        ProjectFilter(request.GET, request.user).queryset,
        lambda slug: request.build_absolute_uri(reverse("projects:detail", args=[slug])),
    )
    return _named(StreamingHttpResponse(lines, content_type="application/geo+json"), "geojson")
