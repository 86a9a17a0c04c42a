"""The sections of a digest, in their order. A new noun is one file and one line here."""

from digests.sections.decisions import Decided
from digests.sections.discussions import Discussions
from digests.sections.editorial import Article
from digests.sections.events import NewEvents
from digests.sections.files import Files
from digests.sections.groups import NewGroups
from digests.sections.issue import FromEditors
from digests.sections.labs import NewLabs, NewOffers
from digests.sections.nudge import Nudge
from digests.sections.projects import NewProjects
from digests.sections.replies import Unread
from digests.sections.reports import NewReports
from digests.sections.soon import Soon

SECTIONS = (
    FromEditors(), Soon(), Unread(), Discussions(), Decided(), Files(), NewProjects(), NewReports(), NewLabs(), NewOffers(), NewEvents(),
    NewGroups(), Article(), Nudge(),
)  # fmt: skip
BY_KEY = {section.key: section for section in SECTIONS}
