"""Members' files. The name at the end is for people who save the file; the uuid finds it."""

from django.urls import path

from records import views

app_name = "records"

urlpatterns = [
    path("<uuid:uuid>/<str:name>", views.file, name="file"),
]
