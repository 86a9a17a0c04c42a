"""The portal's own addresses, and the bare views it is measured beside."""

from django.urls import path

from benchmarks import bare
from portal.urls import handler400, handler403, handler404, handler500
from portal.urls import urlpatterns as portal_urls

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [path("bench/ok/", bare.ok), path("bench/cards/", bare.cards), path("bench/posts/<int:pk>/<int:number>/", bare.posts),
               *portal_urls]  # fmt: skip
