"""What the page of an organisation shows."""

from functools import cached_property
from urllib.parse import urlsplit

from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from common.countries import country_name
from common.formats import number
from common.navigation import address
from common.sorting import sort_key
from members.models import Profile
from organisations.actions import logos
from organisations.enums import OrganisationType
from organisations.groups import groups_of
from organisations.labs import labs_of
from organisations.models import Organisation
from organisations.people.shown import shown
from organisations.projects import listed_projects, term

MOST_PROJECTS = 12
MOST_PEOPLE = 8


class OrganisationPage:
    """One organisation for one reader."""

    def __init__(self, organisation, user):
        self.organisation, self.user = organisation, user
        self.text = organisation.text

    @cached_property
    def logo(self):
        return logos(self.organisation).first()

    @cached_property
    def people(self):
        """Members who show to this reader that they belong to it, in alphabetical order."""
        profiles = (
            Profile.objects.listed(self.user).showing("organisations", self.user).filter(user__memberships__organisation=self.organisation)
        )
        found = sorted(profiles.select_related("user"), key=lambda profile: sort_key(profile.user.get_full_name()))
        self.people_count = len(found)
        return shown(found[:MOST_PEOPLE], self.user, interests=False)

    @cached_property
    def is_member(self):
        return self.organisation.pk in getattr(self.user, "organisation_roles", {})

    @cached_property
    def way_in(self):
        """How the reader comes to belong: "join" at once, "asked" already, "ask", or "" for members and the suspended."""
        if not self.user.is_authenticated:
            return "ask"
        if self.is_member or not self.user.may_act:
            return ""
        if Organisation.objects.offered_to(self.user).filter(pk=self.organisation.pk).exists():
            return "join"
        return "asked" if self.organisation.join_requests.waiting().filter(user=self.user).exists() else "ask"

    @property
    def may_change(self):
        return self.user.has_perm("organisations.change", self.organisation)

    @property
    def sees_members(self):
        return self.user.has_perm("organisations.see_members", self.organisation)

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

    @cached_property
    def labs(self):
        """Living labs it runs or takes part in."""
        return labs_of(self.organisation, self.user)

    @cached_property
    def groups(self):
        """Working groups it founded or has a seat in."""
        return groups_of(self.organisation, self.user)

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
