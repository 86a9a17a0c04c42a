"""What test reports add to the page of a lab: its reports, and the way to its numbers for its people."""

from django.urls import reverse

from livinglabs.sections import Section, register_section
from testreports.filters import listed_reports

MOST = 6


def _reports(page):
    found = list(listed_reports(page.user, lab=page.lab)[:MOST])
    return {"reports": found, "url": f"{reverse('testreports:list')}?lab={page.lab.slug}"} if found else None


def _numbers(page):
    shown = page.user.is_authenticated and page.user.has_perm("livinglabs.answer", page.lab)
    return {"url": reverse("lab_numbers:detail", args=[page.lab.slug])} if shown else None


register_section(
    Section("testreports", "lab", "testreports/_of_lab.html", _reports, position=300),
    Section("numbers", "lab", "testreports/_numbers_link.html", _numbers, where="head", position=400),
)
