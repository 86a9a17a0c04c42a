"""Themes and municipalities. What editors write is found by `page_urls`, after everything else."""

from django.urls import path

from editorial import views

app_name = "editorial"
urlpatterns = [
    path("themes/", views.themes, name="themes"),
    path("themes/<slug:slug>/", views.theme, name="theme"),
    path("municipalities/", views.municipalities, name="municipalities"),
    path("municipalities/<slug:slug>/", views.municipality, name="municipality"),
]
