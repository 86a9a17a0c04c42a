"""What is searched. A new noun is one line here and a class with `count` and `hits(start, stop)`."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext_lazy as _

from search.decisions import DecisionHits
from search.discussions import DiscussionHits
from search.events import EventHits
from search.groups import GroupHits
from search.labs import LabHits
from search.organisations import OrganisationHits
from search.pages import PageHits
from search.people import PeopleHits
from search.projects import ProjectHits
from search.reports import ReportHits
from search.resources import ResourceHits
from taxonomy.models import Theme


class Question:
    """What is asked, by whom and in which language, and what several sources need to answer it.

    `share`: how many hits of a kind the page shows first.
    """

    def __init__(self, search, user, reader, share):
        self.search, self.user, self.reader, self.share = search, user, reader, share

    @cached_property
    def themes(self):
        return Theme.objects.order_by("position", "slug")


@dataclass(frozen=True)
class Source:
    """One kind of hit: its word in the address, its name on the tab, and who finds it."""

    kind: str
    label: str
    find: type


SOURCES = (
    Source("projects", _("Projects"), ProjectHits),
    Source("labs", _("Living labs"), LabHits),
    Source("groups", _("Working groups"), GroupHits),
    Source("discussions", _("Discussions"), DiscussionHits),
    Source("events", _("Events"), EventHits),
    Source("decisions", _("Decisions"), DecisionHits),
    Source("reports", _("Test reports"), ReportHits),
    Source("files", _("Files and links"), ResourceHits),
    Source("organisations", _("Organisations"), OrganisationHits),
    Source("people", _("People"), PeopleHits),
    Source("pages", _("Pages and places"), PageHits),
)
