"""The directory of organisations, and the page of one."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from organisations.filters import OrganisationFilter
from organisations.models import Organisation
from organisations.page import OrganisationPage


@require_safe
def organisation_list(request):
    """Organisations in the reader's alphabetical order, by type, country, municipality and words of their names."""
    found = OrganisationFilter(request.GET, request.user)
    template = "organisations/_found.html" if request.htmx else "organisations/list.html"
    return render(request, template, {"found": found})


@require_safe
def organisation_detail(request, slug):
    """An organisation to those who may see it, with its projects."""
    seen = Organisation.objects.visible_to(request.user).select_related("municipality__region", "parent")
    organisation = get_object_or_404(seen.prefetch_related("texts"), slug=slug)
    return render(request, "organisations/detail.html", {"page": OrganisationPage(organisation, request.user)})
