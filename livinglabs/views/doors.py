"""What every door of one lab, or of one offer, begins with."""

import functools

from django.core.exceptions import PermissionDenied
from django.http import Http404

from livinglabs.models import LivingLab, Offer


def lab_door(view=None, *, permission=""):
    """Finds the lab by its slug: 404 for what one may not see, 403 without the permission."""
    if view is None:
        return functools.partial(lab_door, permission=permission)

    @functools.wraps(view)
    def door(request, slug, **kwargs):
        seen = LivingLab.objects.visible_to(request.user).select_related("organisation")
        lab = seen.prefetch_related("texts").filter(slug=slug).first()
        if lab is None:
            raise Http404
        if permission and not request.user.has_perm(permission, lab):
            raise PermissionDenied
        return view(request, lab, **kwargs)

    return door


def offer_door(view=None, *, permission=""):
    """The same for an offer, by the slugs of its lab and its own."""
    if view is None:
        return functools.partial(offer_door, permission=permission)

    @functools.wraps(view)
    def door(request, slug, offer, **kwargs):
        seen = Offer.objects.visible_to(request.user).select_related("lab__organisation")
        found = seen.prefetch_related("texts", "themes", "lab__texts").filter(lab__slug=slug, slug=offer).first()
        if found is None:
            raise Http404
        if permission and not request.user.has_perm(permission, found):
            raise PermissionDenied
        return view(request, found, **kwargs)

    return door
