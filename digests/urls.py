from django.urls import path

from digests.views import choosing, reading, stopping

app_name = "digests"
urlpatterns = [
    path("", choosing.settings_page, name="settings"),
    path("preview/", reading.preview, name="preview"),
    path("preview/mail/", reading.preview_mail, name="preview_mail"),
    path("mails/<uuid:key>/", reading.sent_mail, name="mail"),
    path("let-in/<int:pk>/", choosing.let_in, name="let_in"),
    path("unsubscribe/<str:token>/", stopping.unsubscribe, name="unsubscribe"),
    path("mute/<str:token>/", stopping.mute, name="mute"),
]
