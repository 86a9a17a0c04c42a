"""What every page knows: the portal's name, the menu, the same page in the other languages."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from common.markup import own_name
from common.navigation import account_menu, address, footer_columns, main_menu


def _in_language(path, code):
    """The path with its language prefix exchanged; path words are the same in every language (product.md)."""
    head, prefix, rest = path.partition("/")[0], *path[1:].partition("/")[::2]
    if head or prefix not in dict(settings.LANGUAGES):
        return ""
    return f"/{code}/{rest}"


def same_page(request):
    """(code, name, address) of this address in each language, the query string kept; empty for addresses without one.

    A page whose translation lives elsewhere (Wagtail) gives its own `translations` in its context.
    """
    query = request.META.get("QUERY_STRING", "")
    tail = f"?{query}" if query else ""
    return [(code, own_name(code), url + tail) for code, _name in settings.LANGUAGES if (url := _in_language(request.path, code))]


def canonical(request):
    """The absolute address of the page, its language and page number kept, the rest of the query left out."""
    page = request.GET.get("page", "")
    tail = f"?page={page}" if page.isdecimal() and page.isascii() and page != "1" else ""
    return request.build_absolute_uri(request.path) + tail


def portal(request):
    """Context processor: `portal`, `menu`, `translations`, `canonical_url`, addresses of the frame. All lazy."""
    language = get_language()
    return {
        "portal": settings.PORTAL,
        "menu": SimpleLazyObject(lambda: main_menu(request.path)),
        "translations": SimpleLazyObject(lambda: same_page(request)),
        "canonical_url": SimpleLazyObject(lambda: canonical(request)),
        "site_url": SimpleLazyObject(lambda: request.build_absolute_uri("/")[:-1]),
        "search_address": address("search:results", language),
        "home_url": f"/{language}/",
        "sign_in_url": address("account_login", language),
        "sign_out_url": address("account_logout", language),
        "account_menu": SimpleLazyObject(lambda: account_menu(request.user)),
        "menu_footer": SimpleLazyObject(footer_columns),
    }
