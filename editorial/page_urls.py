"""Editorial pages: the last of the portal's addresses, since any path may be one of theirs."""

from django.urls import include, re_path
from wagtail.urls import serve_pattern

from editorial.views import serve

urlpatterns = [
    re_path(serve_pattern, serve, name="wagtail_serve"),
    # Sign-in to private pages. Its own pattern for pages is never reached.
    re_path("", include("wagtail.urls")),
]
