"""Addresses of living labs and their offers."""

from django.urls import path

from livinglabs.views import reading

app_name = "livinglabs"

urlpatterns = [
    path("<slug:slug>/", reading.lab_detail, name="detail"),
    path("<slug:slug>/offers/<slug:offer>/", reading.offer_detail, name="offer"),
]
