"""Editorial pages: the last of the portal's addresses, since any path may be one of theirs."""

from django.urls import path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls

from editorial.views import serve

#: First words of addresses without a language. What is not found there is not looked for among the pages of a language.
MACHINES = ("cms", "documents", "static", "media", "files", "api", "dev", "styleguide")

urlpatterns = [
    # Wagtail's sign-in knows neither the second factor nor the limits of ours.
    path("_util/login/", RedirectView.as_view(pattern_name="account_login", query_string=True), name="wagtailcore_login"),
    # Pages with a password of their own; the other patterns of Wagtail are ours.
    *(one for one in wagtail_urls.urlpatterns if one.name == "wagtailcore_authenticate_with_password"),
    re_path(rf"^(?!(?:{'|'.join(MACHINES)})/)((?:[\w\-]+/)*)$", serve, name="wagtail_serve"),
]
