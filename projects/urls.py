"""Addresses of projects. Those with a slug stand last: a path word before them never means a project."""

from django.urls import path

from projects.verbs import VERBS
from projects.views import catalogue, detail, editing, files, history, map, partners, preview, questions, suggestions, verbs, versions

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
    path("questions/confirm/<str:token>/", questions.confirm, name="question_confirm"),
    path("new/", editing.create, name="create"),
    path("new/save/", editing.save_new, name="create_save"),
    path("suggest/<slug:what>/", suggestions.suggest, name="suggest"),
    path("<slug:slug>/", detail.project_detail, name="detail"),
    path("<slug:slug>/edit/", editing.edit, name="edit"),
    path("<slug:slug>/edit/<slug:step>/", editing.edit, name="edit_step"),
    path("<slug:slug>/save/", editing.save, name="save"),
    path("<slug:slug>/editing/", editing.editing, name="editing"),
    path("<slug:slug>/preview/", preview.preview, name="preview"),
    path("<slug:slug>/versions/", versions.version_list, name="versions"),
    path("<slug:slug>/versions/<int:number>/", versions.version, name="version"),
    path("<slug:slug>/versions/<int:number>/restore/", versions.restore, name="restore"),
    path("<slug:slug>/ask/", questions.ask, name="ask"),
    path("<slug:slug>/questions/", questions.question_list, name="questions"),
    path("<slug:slug>/questions/<int:pk>/answer/", questions.answer, name="answer"),
    *(
        path(f"<slug:slug>/questions/<int:pk>/{verb}/", questions.decide, {"verb": verb}, name=f"question_{verb}")
        for verb in questions.DECISIONS
    ),
    *(path(f"<slug:slug>/partner/{verb}/", partners.answer, {"verb": verb}, name=f"partner_{verb}") for verb in partners.VERBS),
    path("<slug:slug>/history/", history.project_history, name="history"),
    *(path(f"<slug:slug>/{verb}/", verbs.carry_out, {"verb": verb}, name=verb) for verb in VERBS),
]
