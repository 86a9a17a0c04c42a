"""What the portal knows that begins like what somebody types: for the type-ahead of forms."""

from django.db.models import Count
from django.http import Http404, JsonResponse
from django.views.decorators.http import require_safe

from common.access import member_required
from common.search import fold
from common.text import clean_name
from organisations.models import Organisation
from taxonomy.models import Municipality, Tag

MOST = 8
LONGEST = 80


def organisations(request, text):
    """Those the member may see whose name holds the words; names that begin so first."""
    seen = Organisation.objects.visible_to(request.user).filter(name__icontains=text).select_related("municipality")
    found = sorted(seen.order_by("name")[: 5 * MOST], key=lambda one: not one.name.casefold().startswith(text.casefold()))
    return [{"value": one.pk, "label": one.name, "note": _note(one)} for one in found[:MOST]]


def _note(organisation):
    place = str(organisation.municipality or "")
    return ", ".join(filter(None, [organisation.get_type_display(), "" if place in organisation.name else place]))


def municipalities(request, text):
    """Those of the region by any of their names, written with or without their marks."""
    wanted, found = fold(text.casefold()), []
    for place in Municipality.objects.in_portal().select_related("region"):
        words = [fold(word.casefold()) for word in (str(place), *place.search_words())]
        if any(wanted in word for word in words):
            begins = any(word.startswith(wanted) for word in words)
            found.append((not begins, str(place), {"value": place.slug, "label": str(place), "note": str(place.region)}))
    return [row for _later, _name, row in sorted(found, key=lambda one: one[:2])[:MOST]]


def tags(request, text):
    """Those in use first, of what the member may see."""
    seen = Tag.objects.seen_by(request.user).filter(name__istartswith=text)
    found = seen.annotate(times=Count("tagged")).order_by("-times", "name")[:MOST]
    return [{"value": tag.name, "label": tag.name, "note": ""} for tag in found]


SOURCES = {"organisations": organisations, "municipalities": municipalities, "tags": tags}


@member_required
@require_safe
def suggest(request, what):
    """`{"found": [{"value", "label", "note"}]}` for `?q=`; nothing for nothing."""
    if what not in SOURCES:
        raise Http404
    text = clean_name(request.GET.get("q", "").replace("\x00", ""))[:LONGEST]
    return JsonResponse({"found": SOURCES[what](request, text) if text else []})
