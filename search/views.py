"""The door to the search."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from search.results import Results


@require_safe
def results(request):
    """Everything, or one kind, that answers `?q=`; any text is an allowed question."""
    return render(request, "search/results.html", {"results": Results(request.GET, request.user)})
