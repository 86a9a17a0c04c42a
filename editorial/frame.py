"""What editors set for every page: names, logo, colours, menu and footer. One query, kept for a minute for the signed-out."""

import json

from django.conf import settings
from django.core.cache import cache
from django.db import Error
from django.db.models import TextField, Value
from django.db.models.functions import Cast, JSONObject
from django.utils.translation import get_language
from wagtail.images import get_image_model
from wagtail.models import Page

from common.navigation import address
from editorial.blocks.links import PARTS
from editorial.models import Footer, Menu, PortalSettings, Text
from editorial.translations import HOME_DEPTH, address_below

FRESH = 60
_COLOURS = ("brand_hue", "brand_chroma", "accent_hue")
_NAMES = ("name", "region", "contact_email")
LOGO = "max-160x160|format-webp"


def frame(language, *, fresh=False):
    """The frame of a language as plain data: `portal`, `colours`, `menu`, `columns`, `texts` by place.

    `fresh` reads it anew, for people who are signed in: an editor sees at once what was changed. Without a database
    (error pages) it is the installation's own.
    """
    key = f"editorial:frame:{language}"
    found = None if fresh else cache.get(key)
    if found is None:
        try:
            found = _read(language)
        except Error:
            return _framed({}, language)
        cache.set(key, found, FRESH)
    return found


def colours():
    """`PORTAL_COLOURS_SOURCE`: the colours chosen in the site settings, else those of the installation."""
    return frame(get_language())["colours"]


def _part(rows, part, raw):
    return rows.annotate(part=Value(part, TextField()), raw=Cast(raw, TextField())).order_by().values_list("part", "raw")


def _read(language):
    here = {"locale__language_code": language}
    fields = JSONObject(**{name: name for name in (*_NAMES, *_COLOURS, "logo_id")})
    page = JSONObject(id="pk", title="title", path="url_path", depth="depth")
    # Menus link to the pages just below the home pages, as a rule.
    pages = Page.objects.live().filter(depth__in=(HOME_DEPTH, HOME_DEPTH + 1))
    rows = _part(PortalSettings.objects.filter(site__is_default_site=True), "settings", fields).union(
        _part(Menu.objects.filter(**here), "menu", "links"),
        _part(Footer.objects.filter(**here), "footer", "columns"),
        _part(pages, "page", page),
        _part(Text.objects.filter(**here), "text", JSONObject(place="place", text="text")),
        all=True,
    )
    parts = {"page": [], "text": []}
    for part, raw in rows:
        if part in ("page", "text"):
            parts[part].append(json.loads(raw))
        else:
            parts[part] = json.loads(raw)
    return _framed(parts, language)


def _framed(parts, language):
    chosen = parts.get("settings", {})
    portal = settings.PORTAL | {name: chosen[name] for name in _NAMES if chosen.get(name)} | {"logo_url": _logo(chosen.get("logo_id"))}
    picked = {name: chosen[name] for name in _COLOURS if chosen.get(name) is not None}
    menu = [block["value"] for block in parts.get("menu", [])]
    columns = [
        {"title": block["value"]["title"], "links": [link.get("value", link) for link in block["value"]["links"]]}
        for block in parts.get("footer", [])
    ]
    pages = _linked_pages([*menu, *(link for column in columns for link in column["links"])], parts.get("page", []), language)
    return {
        "portal": portal,
        "colours": settings.PORTAL_COLOURS | picked,
        "menu": _links(menu, pages, language),
        "texts": {row["place"]: row["text"] for row in parts.get("text", [])},
        "columns": [{"title": column["title"], "links": _links(column["links"], pages, language)} for column in columns],
    }


def _linked_pages(links, top, language):
    """{id: (title, address)} of the live pages that are linked to; a query only where one lies deeper in the tree."""
    homes = [page["path"] for page in top if page["depth"] == HOME_DEPTH]
    wanted = {link["page"] for link in links if link.get("page")}
    deeper = wanted - {page["id"] for page in top}
    rows = [(page["id"], page["title"], page["path"]) for page in top]
    if deeper:
        rows += Page.objects.live().filter(pk__in=deeper).values_list("pk", "title", "url_path")
    return {pk: (title, address_below(path, homes, language)) for pk, title, path in rows if pk in wanted}


def _links(links, pages, language):
    made = []
    for link in links:
        if link.get("part"):
            label, url = dict(PARTS).get(link["part"], ""), address(link["part"], language)
        elif link.get("page"):
            label, url = pages.get(link["page"], ("", ""))
        else:
            label, url = "", link.get("address") or ""
        if url:
            made.append({"label": str(link.get("text") or label), "url": url})
    return made


def _logo(pk):
    image = pk and get_image_model().objects.filter(pk=pk).first()
    return image.get_rendition(LOGO).url if image else ""
