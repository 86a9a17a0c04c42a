"""`{% load moderation %}{% report_link "project" project.pk %}` on the page of a noun, for members who may act."""

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from common.markup import icon

register = template.Library()


@register.simple_tag(takes_context=True)
def report_link(context, word, pk):
    """A small link; nothing for visitors and suspended members."""
    if not getattr(context["request"].user, "may_act", False):
        return ""
    return format_html(
        '<p class="small no-print"><a class="link-icon quiet" href="{}" rel="nofollow">{}{}</a></p>',
        reverse("moderation:report", args=[word, pk]), icon("flag"), _("Report to the moderators"),
    )  # fmt: skip
