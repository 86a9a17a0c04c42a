"""Addresses of visits: of mine, and of those to my living labs."""

from django.urls import path

from bookings.verbs import VERBS
from bookings.views import visits

app_name = "visits"

urlpatterns = [
    path("", visits.visit_list, name="list"),
    path("<int:pk>/", visits.visit_detail, name="detail"),
    path("<int:pk>/calendar.ics", visits.visit_file, name="file"),
    *(path(f"<int:pk>/{name.replace('_', '-')}/", visits.carry_out, {"verb": name}, name=name) for name in VERBS),
]
