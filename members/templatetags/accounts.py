"""`{% load accounts %}`: what the account pages are drawn with."""

import re

from django import template
from django.utils.translation import get_language

from members import browsers

register = template.Library()
TITLE_CASE = re.compile(r"[A-Z]['’\w-]*(?: [A-Z0-9]['’\w-]*)*[?.]?")


@register.filter
def plain_fields(form):
    """allauth's fields repeat their label as a placeholder, pale and gone with the first letter: the label is enough."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
    return form


@register.filter
def sentence_case(text):
    """allauth writes English headings and buttons In Title Case; the portal writes them like sentences."""
    words = " ".join(str(text).split())
    if get_language() == "en" and TITLE_CASE.fullmatch(words):
        return words[:1] + words[1:].lower()
    return text


@register.filter
def browser_name(user_agent):
    return browsers.browser_name(user_agent)
