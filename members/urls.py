"""A member's own account: beside what allauth answers, and before it where the portal does it in its own way."""

from django.urls import path, re_path

from members import views

urlpatterns = [
    path("terms/", views.AcceptTerms.as_view(), name="account_terms"),
    path("settings/", views.AccountSettings.as_view(), name="account_settings"),
    path("email/", views.ChangeAddress.as_view(), name="account_email"),
    re_path(r"^confirm-email/(?P<key>[-:\w]+)/$", views.ConfirmAddress.as_view(), name="account_confirm_email"),
]
