"""Addresses of projects. Those with a slug stand last: a path word before them never means a project."""

from django.urls import path

from projects.verbs import VERBS
from projects.views import detail, map, verbs

app_name = "projects"

urlpatterns = [
    path("map/", map.project_map, name="map"),
    path("map/data/", map.map_data, name="map_data"),
    path("map/boundaries.json", map.boundaries, name="boundaries"),
    path("<slug:slug>/", detail.project_detail, name="detail"),
    *(path(f"<slug:slug>/{verb}/", verbs.carry_out, {"verb": verb}, name=verb) for verb in VERBS),
]
