"""What the portal is measured beside: the least that answers, and the least that shows 24 projects.

Plain Django: no search, no filters, no numbers, no frame around the cards, no column that no card shows.
"""

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import render

from projects.models import Project, ProjectText


def ok(request):
    return HttpResponse("ok")


def cards(request):
    found = Project.objects.filter(state="published", visibility="public").select_related("organisation")
    texts = Prefetch("texts", ProjectText.objects.defer("story", "keywords", "vector"))
    found = found.prefetch_related(texts, "themes", "sites__municipality").order_by("-published_at", "-pk")
    return render(request, "bare_cards.html", {"projects": found[:24]})
