"""What the page of an organisation shows."""

from functools import cached_property
from urllib.parse import urlsplit

from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from common.countries import country_name
from common.formats import number
from common.navigation import address
from organisations.enums import OrganisationType
from organisations.mine import Mine
from organisations.projects import listed_projects, term

MOST_PROJECTS = 12


class OrganisationPage:
    """One organisation for one reader."""

    def __init__(self, organisation, user):
        self.organisation, self.user = organisation, user
        self.text = organisation.text

    @property
    def trail(self):
        return [(_("Home"), f"/{get_language()}/"), (_("Organisations"), address("organisations:list", get_language()))]

    @property
    def kicker(self):
        """“Municipality · Denmark”."""
        return " · ".join(part for part in (self.organisation.get_type_display(), country_name(self.organisation.country)) if part)

    @cached_property
    def _projects(self):
        return listed_projects(self.user).filter(facet_terms__contains=[term(self.organisation)])

    @cached_property
    def project_count(self):
        return self._projects.count()

    @cached_property
    def led(self):
        """Cards of the newest projects it owns."""
        return list(self._projects.filter(organisation=self.organisation).for_cards()[:MOST_PROJECTS])

    @cached_property
    def joined(self):
        """Cards of the newest projects it takes part in."""
        return list(self._projects.exclude(organisation=self.organisation).for_cards()[:MOST_PROJECTS])

    @property
    def projects_url(self):
        url = address("projects:list", get_language())
        return f"{url}?organisation={self.organisation.slug}" if url else ""

    @property
    def facts(self):
        """[(term, words)]; the component leaves empty ones out."""
        organisation, place = self.organisation, self.organisation.municipality
        is_municipality = place and organisation.type == OrganisationType.MUNICIPALITY
        parent = organisation.parent if organisation.parent and organisation.parent.verified_at else None
        return [
            (_("Municipality"), format_html('<a href="{}">{}</a>', place.get_absolute_url(), place) if place else ""),
            (_("Region"), str(place.region) if place else ""),
            (_("Inhabitants"), number(place.population) if is_municipality else ""),
            (_("Part of"), format_html('<a href="{}">{}</a>', parent.get_absolute_url(), parent.name) if parent else ""),
            (_("Website"), self._website()),
        ]

    def _website(self):
        host = urlsplit(self.organisation.website).hostname
        if not host:
            return ""
        return format_html('<a href="{}" rel="nofollow noopener">{}</a>', self.organisation.website, host.removeprefix("www."))

    @property
    def linked_data(self):
        data = {
            "@context": "https://schema.org",
            "@type": "Organization",
            "name": self.organisation.name,
            "url": self.organisation.website,
            "description": self.text.description[:500] if self.text else "",
        }
        return {name: value for name, value in data.items() if value}


def my_organisations(user):
    """What a desk shows of organisations: memberships, offers, invitations, requests that wait for `user`."""
    return Mine(user)
