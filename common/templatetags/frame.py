"""`{% load frame %}`: the parts every page carries. Drawn once for each combination of what they show, then remembered."""

import json
from functools import lru_cache

from django import template
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from common.navigation import address
from common.theming import colours_mark

register = template.Library()
_JSON_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


class SameAsBlockNode(template.Node):
    def __init__(self, name):
        self.name = name

    def render(self, context):
        block = context.render_context[BLOCK_CONTEXT_KEY].get_block(self.name)
        return block.render(context).strip()


@register.tag
def same_as_block(parser, token):
    """`{% same_as_block "title" %}`: what the page put into that block, once more (Django draws a block in one place only)."""
    return SameAsBlockNode(token.split_contents()[1].strip("\"'"))


@lru_cache(maxsize=256)
def _nav(entries, css, language):
    return mark_safe(render_to_string("components/nav.html", {"entries": entries, "css": css, "label": _("Main")}))


@register.simple_tag
def main_nav(menu, extra=None, css=""):
    """The main menu; `extra` are the entries editors added, as mappings of label and url."""
    entries = tuple((str(entry["label"]), entry["url"], bool(entry.get("current"))) for entry in [*menu, *(extra or ())])
    return _nav(entries, css, get_language()) if entries else SafeString("")


@lru_cache(maxsize=64)
def _search(action, field_id, css, language):
    return mark_safe(render_to_string("components/site_search.html", {"action": action, "id": field_id, "css": css}))


@register.simple_tag(takes_context=True)
def site_search(context, field_id, css=""):
    """The search over everything; nothing while there is no such page."""
    action = context.get("search_address")
    return _search(action, field_id, css, get_language()) if action else SafeString("")


@lru_cache(maxsize=256)
def _switch(translations, current):
    links = format_html_join(
        "",
        '<a href="{}" hreflang="{}" lang="{}" aria-label="{}, {}"{}>{}</a>',
        (
            (url, code, code, code.upper(), label, mark_safe(' aria-current="true"') if code == current else "", code.upper())
            for code, label, url in translations
        ),
    )
    return format_html('<nav class="languages" aria-label="{}">{}</nav>', _("Language"), links) if links else SafeString("")


@register.simple_tag
def language_switch(translations):
    """Links to this page in the other languages: (code, name, address) of each. Drawn once for its two places."""
    return _switch(tuple(tuple(one) for one in translations), get_language())


@register.simple_tag(takes_context=True)
def head_links(context):
    """Canonical address and the same page in the other languages, for search engines.

    `alternates` in the context are those really translated, where the language switch offers more.
    """
    site = context.get("site_url", "")
    translations = [(code, url.partition("?")[0]) for code, _label, url in context.get("alternates") or context.get("translations") or ()]
    links = format_html('<link rel="canonical" href="{}">', context.get("canonical_url", ""))
    links += format_html_join("", '<link rel="alternate" hreflang="{}" href="{}{}">', ((code, site, url) for code, url in translations))
    default = dict(translations).get(settings.LANGUAGE_CODE)
    if default:
        links += format_html('<link rel="alternate" hreflang="x-default" href="{}{}">', site, default)
    return links


@register.simple_tag
def json_ld(data):
    """A description for search engines (schema.org) as a data block: nothing runs, so the policy lets it stand."""
    text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False).translate(_JSON_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')


@lru_cache(maxsize=32)
def _footer(columns, language):
    return mark_safe(render_to_string("components/footer_columns.html", {"columns": columns}))


@register.simple_tag
def footer_columns_of(columns):
    """Columns of links: mappings of title and links (label, url)."""
    frozen = tuple(
        (str(column["title"]), tuple((str(link["label"]), link["url"]) for link in column["links"]))
        for column in columns or ()
        if column["links"]
    )
    return _footer(frozen, get_language()) if frozen else SafeString("")


@register.simple_tag
def theme_css():
    """The link to the operator's colours; nothing while the portal wears its own."""
    mark = colours_mark()
    url = address("theme_css", "") if mark else ""
    return format_html('<link rel="stylesheet" href="{}?{}">', url, mark) if url else SafeString("")
