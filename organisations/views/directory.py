"""The directory of organisations, and the page of one."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from organisations.filters import OrganisationFilter
from organisations.page import OrganisationPage
from organisations.views.doors import organisation_door


@require_safe
def organisation_list(request):
    """Organisations in the reader's alphabetical order, by type, country, municipality and words of their names."""
    found = OrganisationFilter(request.GET, request.user)
    template = "organisations/_found.html" if request.htmx else "organisations/list.html"
    return render(request, template, {"found": found})


@require_safe
@organisation_door
def organisation_detail(request, organisation):
    """An organisation to those who may see it, with its projects and its people."""
    return render(request, "organisations/detail.html", {"page": OrganisationPage(organisation, request.user)})
