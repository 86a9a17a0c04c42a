"""`{% load testreports %}`: the published reports of something, on its page."""

from django import template
from django.urls import reverse

from testreports.filters import listed_reports

register = template.Library()
MOST = 4
#: What reports can be asked by: the column, and the parameter of the list; "" where the list has none.
ABOUT = {
    "theme": ("lab__themes", "theme"), "municipality": ("lab__sites__municipality", "municipality"),
    "organisation": ("organisation", "organisation"), "project": ("project", ""),
}  # fmt: skip


@register.inclusion_tag("testreports/_cards.html", takes_context=True)
def published_reports(context, about, noun):
    """The newest reports of a theme, municipality, company or project that the reader may see; nothing where there are none."""
    column, parameter = ABOUT[about]
    found = list(listed_reports(context["request"].user, **{column: noun})[:MOST])
    url = reverse("testreports:list")
    return {"reports": found, "reports_url": f"{url}?{parameter}={noun.slug}" if parameter else url, "request": context["request"]}
