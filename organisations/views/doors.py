"""What every door of one organisation begins with."""

import functools

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponsePermanentRedirect
from django.urls import reverse

from organisations.models import FormerSlug, Organisation


def organisation_door(view=None, *, permission=""):
    """Finds the organisation by its slug: 404 for what one may not see, 403 without the permission, 301 from a former address."""
    if view is None:
        return functools.partial(organisation_door, permission=permission)

    @functools.wraps(view)
    def door(request, slug, **kwargs):
        seen = Organisation.objects.visible_to(request.user).select_related("municipality__region", "parent").prefetch_related("texts")
        organisation = seen.filter(slug=slug).first()
        if organisation is None:
            return _moved(request, slug, kwargs)
        if permission and not request.user.has_perm(permission, organisation):
            raise PermissionDenied
        return view(request, organisation, **kwargs)

    return door


def _moved(request, slug, kwargs):
    """An organisation that was merged answers where it is now, to those who may see that; everything else is not found."""
    seen = Organisation.objects.visible_to(request.user)
    former = FormerSlug.objects.filter(slug=slug, organisation__in=seen).select_related("organisation").first()
    if former is None or request.method not in ("GET", "HEAD"):
        raise Http404
    match = request.resolver_match
    address = reverse(match.view_name, kwargs={**kwargs, "slug": former.organisation.slug})
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
