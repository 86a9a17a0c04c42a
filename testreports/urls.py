"""Addresses of test reports, below /<language>/test-reports/."""

from django.urls import path

from testreports.verbs import VERBS
from testreports.views import deciding, reading, writing

app_name = "testreports"

urlpatterns = [
    path("", reading.report_list, name="list"),
    path("feed/", reading.feed, name="feed"),
    path("export.csv", reading.export_csv, name="export_csv"),
    path("start/<int:application>/", writing.start, name="start"),
    path("<slug:slug>/", reading.report_detail, name="detail"),
    path("<slug:slug>/edit/", writing.edit, name="edit"),
    path("<slug:slug>/history/", reading.history, name="history"),
    path("<slug:slug>/files/", writing.add_file, name="add_file"),
    path("<slug:slug>/files/<uuid:uuid>/remove/", writing.remove_file, name="remove_file"),
    path("<slug:slug>/publish/", deciding.publish, name="publish"),
    path("<slug:slug>/make-project/", deciding.make_project, name="make_project"),
    path("<slug:slug>/test-again/", deciding.test_again, name="test_again"),
    *(
        path(f"<slug:slug>/{verb.name}/", deciding.carry_out, {"verb": verb.name}, name=verb.url_name)
        for verb in VERBS.values()
        if verb.name != "publish"
    ),
]
