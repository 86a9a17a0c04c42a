"""Addresses of what is free and what is booked, below those of living labs."""

from django.urls import path

from bookings.views import asking, free, lab

app_name = "bookings"

urlpatterns = [
    path("calendar/<str:token>.ics", lab.lab_file, name="lab_file"),
    path("<slug:slug>/calendar/", lab.lab_calendar, name="calendar"),
    path("<slug:slug>/calendar/block/", lab.block, name="block"),
    path("<slug:slug>/calendar/address/", lab.new_address, name="new_address"),
    path("<slug:slug>/calendar/address/give-up/", lab.give_up_address, name="give_up_address"),
    path("<slug:slug>/calendar/<int:pk>/release/", lab.release, name="release"),
    path("<slug:slug>/offers/<slug:offer>/calendar/", free.free, name="free"),
    path("<slug:slug>/offers/<slug:offer>/visit/", asking.ask, name="ask"),
]
