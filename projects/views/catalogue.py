"""The catalogue's page."""

from django.core.paginator import EmptyPage
from django.http import Http404
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django_htmx.http import push_url

from projects.catalogue import Catalogue
from projects.filters import ProjectFilter


@require_safe
def project_list(request):
    """The projects of a filter with numbers for every other; for htmx only the part that changes. 404 beyond the last page."""
    catalogue = Catalogue(ProjectFilter(request.GET, request.user), request.GET)
    is_part = request.htmx and not request.htmx.history_restore_request
    template = "projects/_catalogue.html" if is_part else "projects/list.html"
    try:
        shown = {"page": catalogue, "page_obj": catalogue.page_obj, "translations": catalogue.translations}
        response = render(request, template, shown)
    except EmptyPage as error:
        raise Http404(_("There is no such page of projects.")) from error
    patch_vary_headers(response, ["HX-Request"])
    return push_url(response, catalogue.address) if is_part else response
