"""What the portal is measured beside: the least that answers, the least that shows 24 projects, and the least that shows 30 posts.

Plain Django: no search, no filters, no numbers, no frame around the cards, no column that no card shows.
"""

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import render

from conversations.models import A_PAGE, Post, Thread
from projects.models import Project, ProjectText


def ok(request):
    return HttpResponse("ok")


def cards(request):
    found = Project.objects.filter(state="published", visibility="public").select_related("organisation")
    texts = Prefetch("texts", ProjectText.objects.defer("story", "keywords", "vector"))
    found = found.prefetch_related(texts, "themes", "sites__municipality").order_by("-published_at", "-pk")
    return render(request, "bare_cards.html", {"projects": found[:24]})


def posts(request, pk, number):
    """The thirty posts of the page on which a post stands."""
    first = (number - 1) // A_PAGE * A_PAGE
    found = Post.objects.filter(thread=pk, number__gt=first, number__lte=first + A_PAGE).select_related("author").defer("vector")
    return render(request, "bare_posts.html", {"thread": Thread.objects.defer("vector").get(pk=pk), "posts": found.order_by("number")})
