"""One page in several languages: where its translations are, and what the others see meanwhile.

A page without a translation answers under the other language's prefix too (`/da/<its English path>/`): the frame in the
reader's language, the words in their own with `lang` and a badge, the canonical address pointing home. So the language
switch never leads to the home page or to a 404. `?of=<code>` names the language meant where a page that is not its
translation has the same path.
"""

from django.conf import settings
from django.core.cache import cache
from django.db.models import Q
from django.utils.translation import get_language, gettext
from wagtail.models import Page, Site

from common.markup import own_name

#: Wagtail's root is 1, the home pages of the languages stand below it.
HOME_DEPTH = 2
FRESH = 60


def _homes():
    """{language code: url path of its home page}; kept for a minute."""
    return cache.get_or_set("editorial:homes", _read_homes, FRESH)


def _read_homes():
    key = Site.objects.filter(is_default_site=True).values("root_page__translation_key")
    return dict(Page.objects.filter(translation_key__in=key).values_list("locale__language_code", "url_path"))


def _below_home(page, homes):
    return page.url_path.removeprefix(homes.get(page.locale.language_code, ""))


def _query(path, code, language):
    return f"/{language}/{path}" + (f"?of={code}" if code else "")


def find_page(path, language, of=""):
    """The live page at `path` (no leading slash) for a reader of `language`, or None. Two queries.

    Pages of the language itself come first, unless `of` names another one; then the portal's own language, then the others.
    """
    homes = _homes()
    order = list(dict.fromkeys([of, language, settings.LANGUAGE_CODE, *homes]))
    places = {home + path: order.index(code) for code, home in homes.items()}
    found = Page.objects.live().filter(url_path__in=places).select_related("locale", "content_type")
    page = min(found, key=lambda each: places[each.url_path], default=None)
    if page is None:
        return None
    specific = page.specific
    specific.locale = page.locale
    return specific


def address_of(page):
    """The address of a page in the reader's language, whether it is translated or not."""
    return address_below(page.url_path, _homes().values(), get_language())


def address_below(url_path, homes, language):
    """The address in `language` of what lies at Wagtail's `url_path` below one of the home pages; "" elsewhere."""
    return next((_query(url_path.removeprefix(home), "", language) for home in homes if url_path.startswith(home)), "")


def translation_address(page, language):
    """The address of `page`'s live translation in `language`, or ""."""
    homes = _homes()
    found = Page.objects.live().filter(translation_key=page.translation_key, locale__language_code=language).first()
    return _query(found.url_path.removeprefix(homes[language]), "", language) if found and language in homes else ""


def translations_of(page, request):
    """What a page's context says of its languages. One query.

    `translations`: (code, name, address) of the page in each language, for the switch; `alternates`: those really
    translated, for search engines; `canonical_url`: its own address.
    """
    homes = _homes()
    own, here = page.locale.language_code, _below_home(page, homes)
    if not here:
        # Every language has a home page of its own.
        return _context(request, dict.fromkeys(homes, ""), here, own)
    same_path = Q(url_path__in=[home + here for home in homes.values()])
    found = Page.objects.live().filter(Q(translation_key=page.translation_key) | same_path)
    paths, strangers = {own: here}, set()
    for key, code, url_path in found.values_list("translation_key", "locale__language_code", "url_path"):
        if key == page.translation_key:
            paths.setdefault(code, url_path.removeprefix(homes.get(code, "")))
        else:
            strangers.add(code)
    return _context(request, paths, here, own, strangers)


def _context(request, paths, here, own, strangers=()):
    """A language without a path of its own gets `here` under its prefix."""
    translations = [
        (code, own_name(code),
         _query(paths[code], "", code) if code in paths else _query(here, own if code in strangers else "", code))
        for code, _name in settings.LANGUAGES
    ]  # fmt: skip
    return {
        "translations": translations,
        "alternates": [link for link in translations if link[0] in paths],
        "canonical_url": request.build_absolute_uri(_query(here, "", own)),
    }


def breadcrumbs(page):
    """[(words, address)] of the pages above from the home page down, and the page itself without an address."""
    if page.depth <= HOME_DEPTH:
        return []
    homes, reader = _homes(), get_language()
    home = homes.get(page.locale.language_code, "")
    trail = [(gettext("Home"), _query("", "", reader))]
    if page.depth > HOME_DEPTH + 1:
        above = page.get_ancestors().filter(depth__gt=HOME_DEPTH).values_list("title", "url_path")
        trail += [(title, _query(url_path.removeprefix(home), "", reader)) for title, url_path in above]
    return [*trail, (page.title, "")]
