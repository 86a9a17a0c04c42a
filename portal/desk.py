"""The desk: what waits for the signed-in member, composed from many nouns. The number of queries does not grow with the rows."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from common.publishing import State
from common.rules import is_moderator
from organisations.enums import WRITERS, Role
from organisations.models import Organisation
from projects.models import Project, ProjectText

MOST_ASKED = 20
MOST_PROJECTS = 15
MOST_NEWS = 10


@dataclass(frozen=True)
class Ask:
    """One thing that needs the member's answer: what, why, and the button that leads to the answer."""

    icon: str
    title: str
    url: str
    text: str
    action: str
    action_url: str
    state: str = ""


class Desk:
    """What `desk.html` shows to `user`; each property is read at most once."""

    def __init__(self, user):
        self.user = user
        self.memberships = list(user.memberships.select_related("organisation").order_by("organisation__name"))
        self.writes_for = [row.organisation_id for row in self.memberships if row.role in WRITERS]
        self.owns = [row.organisation_id for row in self.memberships if row.role == Role.OWNER]

    @cached_property
    def asks(self):
        """What is returned first, then what others wait for, then what the member began."""
        return [*self._returned, *self._drafts][:MOST_ASKED]

    @cached_property
    def _unfinished(self):
        own = Q(created_by=self.user, organisation__in=self._organisations)
        wanted = Q(state=State.RETURNED) & (own | Q(organisation__in=self.writes_for)) | Q(state=State.DRAFT) & own
        return list(_with_titles(Project.objects.visible_to(self.user).filter(wanted).order_by("-updated_at", "-pk"))[:MOST_ASKED])

    @property
    def _organisations(self):
        return [row.organisation_id for row in self.memberships]

    @property
    def _returned(self):
        return [
            Ask("edit", str(one), _edit(one), one.state_reason, pgettext("desk", "Mend"), _edit(one), state=one.state)
            for one in self._unfinished
            if one.state == State.RETURNED
        ]

    @property
    def _drafts(self):
        text = _("Your draft is kept. Go on where you left it.")
        return [
            Ask("edit", str(one), _edit(one), text, pgettext("desk", "Go on"), _edit(one), state=one.state)
            for one in self._unfinished
            if one.state == State.DRAFT
        ]

    @cached_property
    def projects(self):
        """What the member's organisations have, changed last first."""
        mine = Project.objects.visible_to(self.user).filter(organisation__in=self._organisations)
        return list(_with_titles(mine.select_related("organisation").order_by("-updated_at", "-pk"))[:MOST_PROJECTS])

    @cached_property
    def rows(self):
        """(project, address to change it or "") for the table."""
        return [(one, _edit(one) if self.user.has_perm("projects.change", one) else "") for one in self.projects]

    @cached_property
    def queues(self):
        """(label, number, address) of what waits for moderators; nothing for others."""
        if not is_moderator(self.user):
            return []
        submitted = Project.objects.visible_to(self.user).filter(state=State.SUBMITTED).count()
        proposed = Organisation.objects.visible_to(self.user).filter(verified_at=None).count()
        return [
            (_("Projects to review"), submitted, reverse("projects_cms:list")),
            (_("Organisations to verify"), proposed, reverse("organisations_cms:list")),
        ]

    @cached_property
    def steps(self):
        """The way of a new member; nothing once it is walked."""
        steps = [
            {"label": _("Join your organisation"), "text": _("What you post belongs to it, and your colleagues can help to write it."),
             "url": reverse("organisations:list"), "done": bool(self.memberships)},
        ]  # fmt: skip
        return [] if all(step["done"] for step in steps) else steps


def _edit(project):
    return project.get_absolute_url()


def _with_titles(projects):
    """Titles come along; stories stay behind."""
    return projects.prefetch_related(Prefetch("texts", ProjectText.objects.defer("story", "keywords", "vector")))
