"""Addresses below that of a living lab, /<language>/living-labs/<slug>/."""

from django.urls import path

from testreports.views import numbers

app_name = "lab_numbers"

urlpatterns = [
    path("<slug:slug>/numbers/", numbers.numbers, name="detail"),
    path("<slug:slug>/numbers.csv", numbers.numbers_file, name="file"),
]
