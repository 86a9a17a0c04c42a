"""Addresses of living labs and their offers."""

from django.urls import path

from livinglabs.verbs import LAB_VERBS, OFFER_VERBS
from livinglabs.views import editing, looking_after, reading, verbs

app_name = "livinglabs"

urlpatterns = [
    path("", reading.lab_list, name="list"),
    path("map/", reading.lab_map, name="map"),
    path("map/data/", reading.map_data, name="map_data"),
    path("feed/", reading.feed, name="feed"),
    path("export.csv", reading.export_csv, name="export_csv"),
    path("new/", editing.create, name="create"),
    path("<slug:slug>/", reading.lab_detail, name="detail"),
    path("<slug:slug>/history/", looking_after.history, name="history"),
    path("<slug:slug>/edit/", editing.edit, name="edit"),
    path("<slug:slug>/edit/<slug:step>/", editing.edit, name="edit_step"),
    path("<slug:slug>/partner/confirm/", verbs.answer_as_partner, {"verb": "confirm"}, name="partner_confirm"),
    path("<slug:slug>/partner/decline/", verbs.answer_as_partner, {"verb": "decline"}, name="partner_decline"),
    path("<slug:slug>/offers/new/", editing.create_offer, name="offer_create"),
    path("<slug:slug>/offers/<slug:offer>/", reading.offer_detail, name="offer"),
    path("<slug:slug>/offers/<slug:offer>/edit/", editing.edit_offer, name="offer_edit"),
    *(
        path(f"<slug:slug>/offers/<slug:offer>/{name}/", verbs.carry_out_on_offer, {"verb": name}, name=f"offer_{name}")
        for name in OFFER_VERBS
    ),
    *(path(f"<slug:slug>/{name}/", verbs.carry_out, {"verb": name}, name=name) for name in LAB_VERBS),
]
