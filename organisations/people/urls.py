"""Addresses of people."""

from django.urls import path

from organisations.people import views

app_name = "people"

urlpatterns = [
    path("", views.people_list, name="list"),
    path("me/", views.me, name="me"),
    path("me/photo/remove/", views.remove_photo, name="remove_photo"),
    path("<slug:slug>/", views.person_detail, name="detail"),
]
