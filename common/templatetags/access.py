"""`{% load access %}`: what members' forms carry, and why a page asks to sign in."""

from django import template
from django.utils.html import format_html

from common import access

register = template.Library()


@register.simple_tag(takes_context=True)
def form_author(context):
    """The hidden field beside `{% csrf_token %}` in every member's form: a form that meets a session that ended is kept."""
    return format_html('<input type="hidden" name="{}" value="{}">', access.FIELD, access.form_token(context["request"]))


@register.simple_tag(takes_context=True)
def sign_in_reason(context):
    """A sentence for the sign-in page; "" for somebody who came by themselves."""
    return access.sign_in_reason(context["request"])
