"""What the addresses of tests/test_doors.py are tried on: own (of the cast's organisation), other (of another one), private (of another
one, and not published)."""

import re

from tests.factories import OrganisationFactory, ProjectFactory

TARGETS = ("own", "other", "private")


class World:
    """Rows made once for a test; each answer is tried and undone."""

    def __init__(self, organisation, cast):
        self.cast, self.organisation = cast, organisation
        self.elsewhere = OrganisationFactory(name="Elsewhere Kommune", slug="elsewhere-kommune")
        self.proposal = OrganisationFactory(name="Proposed Kommune", slug="proposed-kommune", verified_at=None)
        self.projects = {
            "own": ProjectFactory(organisation=organisation, slug="own-project", created_by=cast["colleague"]),
            "other": ProjectFactory(organisation=self.elsewhere, slug="other-project"),
            "private": ProjectFactory(organisation=self.elsewhere, slug="private-project", state="draft"),
        }

    def address(self, route, target):
        """The address of a route on a target; "" as a target stands for pages without one."""
        values = self.values(route, target)
        return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(values[found.group(1)]), route)

    def values(self, route, target):
        """What stands for the converters: the first entry whose prefix fits."""
        makers = {
            "en/projects/<slug:slug>": lambda: {"slug": self.projects[target].slug},
            "en/organisations/<slug:slug>": lambda: {"slug": self.organisations[target].slug},
            "cms/projects/": lambda: {"pk": self.projects[target].pk},
            "cms/organisations/": lambda: {"pk": self.organisations[target].pk},
            "en/themes/": lambda: {"slug": "energy"},
            "en/municipalities/": lambda: {"slug": "koge"},
            "sitemap-": lambda: {"section": "projects", "number": 1},
        }
        found = next((make for prefix, make in makers.items() if route.startswith(prefix)), dict)
        return found()

    @property
    def organisations(self):
        return {"own": self.organisation, "other": self.elsewhere, "private": self.proposal}
