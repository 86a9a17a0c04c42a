"""The door to the search."""

from django.shortcuts import render

from search.results import Results


def results(request):
    """Everything, or one kind, that answers `?q=`; any text is an allowed question."""
    return render(request, "search/results.html", {"results": Results(request.GET, request.user)})
