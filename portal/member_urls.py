"""The member's own pages: the desk and, below the account, the rights to what is held on them."""

from django.urls import path

from portal import views
from portal.privacy import views as privacy

app_name = "portal"
urlpatterns = [
    path("desk/", views.desk, name="desk"),
    path("accounts/privacy/", privacy.overview, name="privacy"),
    path("accounts/privacy/copy/", privacy.ask_for_copy, name="ask_for_copy"),
    path("accounts/privacy/copy/<uuid:uuid>/", privacy.copy_file, name="copy_file"),
    path("accounts/privacy/leave/", privacy.leave, name="leave"),
    path("accounts/privacy/come-back/", privacy.come_back, name="come_back"),
]
