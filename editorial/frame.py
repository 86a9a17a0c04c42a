"""What editors set for every page: names, logo, colours, menu and footer. One query, kept for a minute for the signed-out."""

import json

from django.conf import settings
from django.core.cache import cache
from django.db import Error
from django.db.models import TextField, Value
from django.db.models.functions import Cast, JSONObject
from django.utils.translation import get_language
from wagtail.images import get_image_model

from editorial.models import Footer, Menu, PortalSettings

FRESH = 60
_COLOURS = ("brand_hue", "brand_chroma", "accent_hue")
_NAMES = ("name", "region", "contact_email")
LOGO = "max-160x160|format-webp"


def frame(language, *, fresh=False):
    """The frame of a language as plain data: `portal`, `colours`, `menu`, `columns`.

    `fresh` reads it anew, for people who are signed in: an editor sees at once what was changed. Without a database
    (error pages) it is the installation's own.
    """
    key = f"editorial:frame:{language}"
    found = None if fresh else cache.get(key)
    if found is None:
        try:
            found = _read(language)
        except Error:
            return _framed({})
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
    own = PortalSettings.objects.filter(site__is_default_site=True)
    rows = _part(own, "settings", fields).union(
        _part(Menu.objects.filter(**here), "menu", "links"), _part(Footer.objects.filter(**here), "footer", "columns"), all=True
    )
    return _framed({part: json.loads(raw) for part, raw in rows})


def _framed(parts):
    chosen = parts.get("settings", {})
    portal = settings.PORTAL | {name: chosen[name] for name in _NAMES if chosen.get(name)} | {"logo_url": _logo(chosen.get("logo_id"))}
    picked = {name: chosen[name] for name in _COLOURS if chosen.get(name) is not None}
    menu = Menu._meta.get_field("links").stream_block.to_python(parts.get("menu", []))
    columns = Footer._meta.get_field("columns").stream_block.to_python(parts.get("footer", []))
    return {
        "portal": portal,
        "colours": settings.PORTAL_COLOURS | picked,
        "menu": _links(block.value for block in menu),
        "columns": [{"title": block.value["title"], "links": _links(block.value["links"])} for block in columns],
    }


def _links(links):
    return [{"label": str(link.label), "url": link.url} for link in links if link.url]


def _logo(pk):
    image = pk and get_image_model().objects.filter(pk=pk).first()
    return image.get_rendition(LOGO).url if image else ""
