"""Doors to what editors write: pages in every language, themes, municipalities."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.views import serve as wagtail_serve

from common.countries import country_name
from common.sorting import sorted_by_name
from editorial.live import FacetLists, Lists
from editorial.models import MunicipalityIntroduction, ThemeIntroduction
from editorial.translations import find_page, translation_address
from projects.whereabouts import map_of_municipality
from taxonomy.models import Municipality, Theme


def serve(request, path=""):
    """An editorial page; one without a translation answers here in its own language (`editorial.translations`)."""
    language = get_language()
    page = find_page(path, language, of=request.GET.get("of", ""))
    if page is None:
        raise Http404
    if page.content_language != language and (address := translation_address(page, language)):
        return redirect(address)
    # Wagtail keeps the page it found here; ours is found in two queries, whatever the depth of the tree.
    request._wagtail_route_for_request = (page, [], {})
    return wagtail_serve(request, path)


@require_safe
def themes(request):
    return render(request, "editorial/themes.html", {"live": Lists(request.user, get_language())})


@require_safe
def theme(request, slug):
    found = get_object_or_404(Theme, slug=slug)
    language = get_language()
    live = FacetLists(request.user, language, "theme", slug)
    context = {
        "theme": found,
        "introduction": ThemeIntroduction.objects.best_for(language, theme=found),
        "live": live,
        "articles": live.chosen_articles().filter(themes=found).for_cards()[:3],
        "trail": [(_("Home"), f"/{language}/"), (_("Themes"), reverse("editorial:themes")), (str(found), "")],
    }
    return render(request, "editorial/theme.html", context)


@require_safe
def municipalities(request):
    return render(request, "editorial/municipalities.html", {"live": Lists(request.user, get_language())})


@require_safe
def municipality(request, slug):
    found = get_object_or_404(Municipality.objects.select_related("region"), slug=slug)
    language = get_language()
    context = {
        "municipality": found,
        "introduction": MunicipalityIntroduction.objects.best_for(language, municipality=found),
        "live": FacetLists(request.user, language, "municipality", slug),
        "country": country_name(found.country),
        "where": map_of_municipality(found),
        "neighbours": sorted_by_name(found.neighbours.in_portal()),
        "home_organisations": sorted_by_name(found.organisations.visible_to(request.user)),
        "trail": [(_("Home"), f"/{language}/"), (_("Municipalities"), reverse("editorial:municipalities")), (str(found), "")],
    }
    return render(request, "editorial/municipality.html", context)
