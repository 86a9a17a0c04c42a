"""Editorial pages: the last of the portal's addresses, since any path may be one of theirs."""

from django.urls import re_path
from wagtail import urls as wagtail_urls

from editorial.views import serve

#: First words of addresses without a language. What is not found there is not looked for among the pages of a language.
MACHINES = ("cms", "documents", "static", "media", "files", "api", "dev", "styleguide")

urlpatterns = [
    # Sign-in to private pages; its last pattern is that of the pages, which is ours.
    *wagtail_urls.urlpatterns[:-1],
    re_path(rf"^(?!(?:{'|'.join(MACHINES)})/)((?:[\w\-]+/)*)$", serve, name="wagtail_serve"),
]
