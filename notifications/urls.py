from django.urls import path

from notifications.views import choosing, following, reading, stopping

app_name = "notifications"
urlpatterns = [
    path("", reading.notification_list, name="list"),
    path("count/", reading.count, name="count"),
    path("read/", reading.read_all, name="read_all"),
    path("<int:pk>/open/", reading.open_one, name="open"),
    path("<int:pk>/read/", reading.read_one, name="read"),
    path("settings/", choosing.settings_page, name="settings"),
    path("follows/", following.follow_list, name="follows"),
    path("follow/<slug:word>/<int:pk>/", following.follow_noun, name="follow"),
    path("unfollow/<slug:word>/<int:pk>/", following.unfollow_noun, name="unfollow"),
    path("stop/<str:token>/", stopping.stop_mail, name="stop"),
]
