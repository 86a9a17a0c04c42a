"""Addresses of projects. Those with a slug stand last: a path word before them never means a project."""

from django.urls import path

from projects.verbs import VERBS
from projects.views import catalogue, detail, files, map, verbs

app_name = "projects"

urlpatterns = [
    path("", catalogue.project_list, name="list"),
    path("feed/", files.feed, name="feed"),
    path("export.csv", files.export_csv, name="export_csv"),
    path("export.xlsx", files.export_xlsx, name="export_xlsx"),
    path("export.geojson", files.export_geojson, name="export_geojson"),
    path("map/", map.project_map, name="map"),
    path("map/data/", map.map_data, name="map_data"),
    path("map/boundaries.json", map.boundaries, name="boundaries"),
    path("<slug:slug>/", detail.project_detail, name="detail"),
    *(path(f"<slug:slug>/{verb}/", verbs.carry_out, {"verb": verb}, name=verb) for verb in VERBS),
]
