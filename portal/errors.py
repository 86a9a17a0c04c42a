"""Pages for what went wrong: each says what happened, what was kept and where to go on."""

from django.conf import settings
from django.http import HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language

from common.markup import own_name
from common.navigation import address

SEARCH_WORDS = 80  # characters of the address offered as search words


def _words(path):
    """The last part of an address as words to search for: "…/gront-byggeri/" → "gront byggeri"."""
    parts = [part for part in path.split("/") if part]
    words = parts[-1].replace("-", " ").replace("_", " ") if len(parts) > 1 else ""
    return words[:SEARCH_WORDS] if words.isprintable() else ""


def _page(request, template, status, **context):
    context |= {"projects_url": address("projects:list", get_language())}
    return render(request, template, context, status=status)


def bad_request(request, exception=None):
    return _page(request, "400.html", 400)


def forbidden(request, exception=None):
    return _page(request, "403.html", 403)


def _homes():
    """The front page in each language: what is missing here is missing in the others, too."""
    return [(code, own_name(code), f"/{code}/") for code, _name in settings.LANGUAGES]


def not_found(request, exception=None):
    return _page(request, "404.html", 404, words=_words(request.path), translations=_homes())


def sample(request, status):
    """Development: /styleguide/404/ and its like, to look at a page without the fault (and without its status)."""
    response = {400: bad_request, 403: forbidden, 500: server_error}.get(status, not_found)(request)
    response.status_code = 200
    return response


def server_error(request):
    """Without the request's context: the database or a context processor may be what failed."""
    context = {
        "portal": settings.PORTAL,
        "home_url": f"/{get_language() or settings.LANGUAGE_CODE}/",
        "request_id": getattr(request, "id", ""),
    }
    return HttpResponseServerError(render_to_string("500.html", context))
