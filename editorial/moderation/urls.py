"""Reporting, in every language; `word` is one of `editorial.moderation.nouns`."""

from django.urls import path

from editorial.moderation import reporting

app_name = "moderation"
urlpatterns = [path("report/<slug:word>/<int:pk>/", reporting.report, name="report")]
