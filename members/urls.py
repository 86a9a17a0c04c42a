"""A member's own account, beside what allauth answers."""

from django.urls import path

from members import views

urlpatterns = [
    path("terms/", views.AcceptTerms.as_view(), name="account_terms"),
    path("settings/", views.AccountSettings.as_view(), name="account_settings"),
]
