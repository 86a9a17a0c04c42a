from django.urls import path

from notifications.views import addresses, choosing, following, reading, stopping

app_name = "notifications"
urlpatterns = [
    path("", reading.notification_list, name="list"),
    path("count/", reading.count, name="count"),
    path("read/", reading.read_all, name="read_all"),
    path("<int:pk>/open/", reading.open_one, name="open"),
    path("<int:pk>/read/", reading.read_one, name="read"),
    path("<int:pk>/open-all/", reading.open_together, name="open_together"),
    path("<int:pk>/read-all/", reading.read_together, name="read_together"),
    path("settings/", choosing.settings_page, name="settings"),
    path("settings/preset/", choosing.take_preset, name="preset"),
    path("address/", addresses.own_address_works, name="address_works"),
    path("follows/", following.follow_list, name="follows"),
    path("follow/<slug:word>/<int:pk>/", following.follow_noun, name="follow"),
    path("unfollow/<slug:word>/<int:pk>/", following.unfollow_noun, name="unfollow"),
    path("stop/<str:token>/", stopping.stop_mail, name="stop"),
]
