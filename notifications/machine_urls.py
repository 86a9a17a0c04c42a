"""Where the mail provider tells what became of a mail. A machine's address: without a language."""

from django.urls import path

from notifications.views.listening import mail_events

app_name = "mail_events"
urlpatterns = [path("<slug:provider>/", mail_events, name="tell")]
