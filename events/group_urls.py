"""What events add beneath the address of a group."""

from django.urls import path

from events.views import groups

app_name = "group_meetings"

urlpatterns = [
    path("<slug:slug>/meetings/", groups.meetings, name="meetings"),
    path("<slug:slug>/decisions/", groups.decisions, name="decisions"),
    path("<slug:slug>/decisions.csv", groups.decisions_file, name="decisions_file"),
    path("<slug:slug>/action-points/", groups.action_points, name="actions"),
]
