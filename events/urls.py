"""Addresses of events."""

from django.urls import path

from events.verbs import VERBS
from events.views import calendars, detail, editing, hosting, lists

app_name = "events"

urlpatterns = [
    path("", lists.event_list, name="list"),
    path("month/", lists.month, name="month"),
    path("feed/", lists.feed, name="feed"),
    path("calendar.ics", calendars.portal_file, name="calendar"),
    path("mine/", calendars.mine, name="mine"),
    path("mine/address/", calendars.new_address, name="new_address"),
    path("mine/address/give-up/", calendars.give_up_address, name="give_up_address"),
    path("mine/<str:token>.ics", calendars.own_file, name="own_file"),
    path("new/", editing.create, name="create"),
    path("suggest/projects/", lists.suggest_projects, name="suggest_projects"),
    path("<slug:slug>/", detail.event_detail, name="detail"),
    path("<slug:slug>/calendar.ics", calendars.event_file, name="file"),
    path("<slug:slug>/edit/", editing.edit, name="edit"),
    path("<slug:slug>/edit/opening/", editing.edit_opening, name="edit_opening"),
    path("<slug:slug>/duplicate/", editing.duplicate, name="duplicate"),
    path("<slug:slug>/register/", detail.register, name="register"),
    path("<slug:slug>/unregister/", detail.unregister, name="unregister"),
    path("<slug:slug>/participants/", hosting.participants, name="participants"),
    path("<slug:slug>/participants.csv", hosting.participants_file, name="participants_file"),
    path("<slug:slug>/history/", hosting.history, name="history"),
    path("<slug:slug>/material/", hosting.add_material, name="add_material"),
    path("<slug:slug>/material/<uuid:uuid>/remove/", hosting.remove_material, name="remove_material"),
    *(path(f"<slug:slug>/{verb}/", detail.carry_out, {"verb": verb}, name=verb) for verb in VERBS),
]
