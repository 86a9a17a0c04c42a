"""The desk: what waits for the signed-in member, composed from many nouns. The number of queries does not grow with the rows."""

from dataclasses import dataclass
from functools import cached_property

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, IntegerField, Prefetch, Q, When
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from common.publishing import State
from common.rules import is_moderator
from conversations.enums import QuestionState
from conversations.models import Question
from discussions.mine import unread_on
from editorial.moderation.queue import KINDS, count_waiting
from members.models import User
from notifications.kinds import KINDS as KINDS_OF_NOTICES
from notifications.models import Notification
from notifications.pages import rows as notification_rows
from organisations.enums import WRITERS, Role
from organisations.mine import Mine
from portal.digest_desk import DigestCard
from portal.labs_desk import waiting_labs
from portal.meetings_desk import waiting_meetings
from portal.reports_desk import waiting_reports
from portal.testing_desk import waiting_tests
from portal.visits_desk import waiting_visits
from portal.waiting import parts_that_wait
from projects.enums import PartnerState
from projects.models import Partner, Project, ProjectText
from workinggroups.mine import MyGroups

MOST_ASKED = 20
MOST_PROJECTS = 15
MOST_NEWS = 8
#: Ends of the names of notices that ask the member for something: the desk shows what is asked itself.
ASKS_FOR = (".asked", ".returned", ".invited", ".offered")
MOST_GROUPS = 8
MOST_DISCUSSIONS = 8


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


class Asks:
    """What waits for a member's answer: what is returned first, then what others wait for, then what the member began.

    It reads the projects of the whole desk, too: what is asked about and what the organisations have, in one query.
    """

    def __init__(self, user, mine, groups):
        self.user, self.mine, self.groups = user, mine, groups
        self.organisations = [row.organisation_id for row in mine.memberships]
        self.writes_for = [row.organisation_id for row in mine.memberships if row.role in WRITERS]

    def all(self):
        returned = [one for one in self.unfinished if one.state == State.RETURNED]
        begun = [one for one in self.unfinished if one.state == State.DRAFT]
        return [
            *(_ask_to_mend(one) for one in returned),
            *self._invitations(),
            *self._offers(),
            *self._requests(),
            *self._groups(),
            *self._partners(),
            *self._questions(),
            *(Ask(*line) for line in self._elsewhere()),
            *(_ask_to_go_on(one) for one in begun),
        ][:MOST_ASKED]

    @cached_property
    def _parts(self):
        return parts_that_wait(self.user, self.writes_for, self.groups)

    def _elsewhere(self):
        """Lines of meetings, labs, tests, reports and visits: only where there are any."""
        readers = (
            ({"points", "meetings"}, waiting_meetings),
            ({"labs"}, lambda user: waiting_labs(user, self.writes_for)),
            ({"tests", "tasks", "drafts"}, lambda user: waiting_tests(user, self._parts)),
            ({"reports"}, waiting_reports),
            ({"visits"}, waiting_visits),
        )
        for parts, read in readers:
            if parts & self._parts:
                yield from read(self.user)

    @cached_property
    def _projects(self):
        """First those that something is asked about, then the others of the member's organisations, changed last first."""
        named = {one.project_id for one in self._asked_partners} | {one.target_id for one in self._open_questions}
        own = Q(created_by=self.user)
        unfinished = Q(state=State.RETURNED) & (own | Q(organisation__in=self.writes_for)) | Q(state=State.DRAFT) & own
        mine = Q(organisation__in=self.organisations)
        wanted = Case(When(mine & unfinished, then=2), When(pk__in=named, then=1), default=0, output_field=IntegerField())
        seen = Project.objects.visible_to(self.user).filter(mine | Q(pk__in=named)).annotate(wanted=wanted)
        return list(with_titles(seen.select_related("organisation").order_by("-wanted", "-updated_at", "-pk"))[: 3 * MOST_ASKED])

    @property
    def unfinished(self):
        return [one for one in self._projects if one.wanted == 2]

    @property
    def projects(self):
        """What the member's organisations have, changed last first."""
        mine = [one for one in self._projects if one.organisation_id in self.organisations]
        return sorted(mine, key=lambda one: (one.updated_at, one.pk), reverse=True)[:MOST_PROJECTS]

    def _invitations(self):
        url, action = reverse("organisations:join"), pgettext("desk", "Answer")
        for one in self.mine.invitations:
            title = _("%(organisation)s invites you") % {"organisation": one.organisation.name}
            yield Ask("mail", title, url, _("You are invited as: %(role)s") % {"role": one.get_role_display()}, action, url)

    def _offers(self):
        url, action = reverse("organisations:join"), pgettext("desk", "Join")
        for one in self.mine.offers:
            text = _("Your address is in its domain: you can join at once.")
            yield Ask("organisation", one.name, one.get_absolute_url(), text, action, url)

    def _requests(self):
        for one in self.mine.waiting:
            url = reverse("organisations:members", args=[one.organisation.slug])
            title = _("%(name)s asks to join %(organisation)s") % {"name": one.user.shown_name, "organisation": one.organisation.name}
            yield Ask("users", title, url, one.note, pgettext("desk", "Decide"), url)

    def _groups(self):
        """Invitations to working groups, and requests that wait for their chair."""
        url = reverse("workinggroups:mine")
        for one in self.groups.invitations if "invitations" in self._parts else ():
            title = _("You are invited to the working group %(name)s.") % {"name": one.group}
            yield Ask("mail", title, url, one.note, pgettext("desk", "Answer"), url)
        for one in self.groups.waiting:
            there = f"{reverse('workinggroups:members', args=[one.group.slug])}#requests"
            title = _("%(person)s asks to join %(name)s") % {"person": one.user.shown_name, "name": one.group}
            yield Ask("users", title, there, one.note, pgettext("desk", "Decide"), there)

    @cached_property
    def _asked_partners(self):
        """Publications in which one of the member's organisations is named and has not answered."""
        rows = Partner.objects.filter(state=PartnerState.ASKED, organisation__in=self.writes_for, project__state=State.PUBLISHED)
        return list(rows.select_related("organisation").order_by("-project__published_at", "pk")[:MOST_ASKED])

    @cached_property
    def _open_questions(self):
        """Questions of members, and those of visitors that a moderator let through, without an answer."""
        mine = Project.objects.filter(organisation__in=self.writes_for)
        wanted = Q(state=QuestionState.PUBLISHED) | Q(state=QuestionState.WAITING, asked_by__isnull=False)
        about = Question.objects.filter(target_type=ContentType.objects.get_for_model(Project), target_id__in=mine.values("pk"))
        return list(about.filter(wanted, answer="").order_by("created_at", "pk")[:MOST_ASKED])

    @cached_property
    def _by_key(self):
        return {one.pk: one for one in self._projects}

    def _partners(self):
        for one in self._asked_partners:
            if project := self._by_key.get(one.project_id):
                text = _("%(organisation)s is named as a partner. Confirm or decline.") % {"organisation": one.organisation.name}
                yield Ask("users", str(project), project.get_absolute_url(), text, pgettext("desk", "Answer"), project.get_absolute_url())

    def _questions(self):
        for one in self._open_questions:
            if project := self._by_key.get(one.target_id):
                url = reverse("projects:answer", args=[project.slug, one.pk])
                title = _("Question about “%(title)s”") % {"title": project}
                yield Ask("comment", title, url, one.text, pgettext("desk", "Answer"), url)


class Desk:
    """What `desk.html` shows to `user`; each property is read at most once."""

    def __init__(self, user):
        self.user, self.mine, self.my_groups = user, Mine(user), MyGroups(user)
        self.memberships = self.mine.memberships
        user.organisation_roles = {row.organisation_id: row.role for row in self.memberships}  # read already
        self.post_url = reverse("projects:create")
        self._all = Asks(user, self.mine, self.my_groups)

    @cached_property
    def asks(self):
        return self._all.all()

    @cached_property
    def rows(self):
        """(project, address to change it or "") of what the member's organisations have."""
        return [(one, edit_url(one) if self.user.has_perm("projects.change", one) else "") for one in self._all.projects]

    @cached_property
    def groups(self):
        """The member's working groups, the liveliest first."""
        return self.my_groups.memberships[:MOST_GROUPS]

    @cached_property
    def own(self):
        """The member with profile and digest, each of which may be missing."""
        return User.objects.select_related("profile", "digest").get(pk=self.user.pk)

    @cached_property
    def digest(self):
        return DigestCard(self.own, [row.group for row in self.my_groups.memberships])

    @cached_property
    def discussions(self):
        """Discussions of the member's working groups in which something is new."""
        return unread_on([row.group for row in self.my_groups.memberships], self.user, most=MOST_DISCUSSIONS)

    @property
    def is_in_several(self):
        return len(self.memberships) > 1

    @property
    def owned(self):
        """Organisations whose members this member looks after."""
        return {row.organisation_id for row in self.memberships if row.role == Role.OWNER}

    @cached_property
    def news(self):
        """The newest notices that are not read yet, without those of what stands above among the questions to the member."""
        asked = [name for name in KINDS_OF_NOTICES if name.endswith(ASKS_FOR)]
        unread = Notification.objects.visible_to(self.user).unread().exclude(entry__kind__in=asked)
        unread = unread.select_related("entry__by").order_by("-pk")
        return notification_rows(unread[:MOST_NEWS], self.user)

    @cached_property
    def queues(self):
        """(label, number, address) of what waits for moderators; nothing for others."""
        if not is_moderator(self.user):
            return []
        numbers, url = count_waiting(self.user), reverse("moderation_cms:waiting")
        return [(label, numbers[kind], f"{url}?kind={kind}") for kind, label in KINDS.items()]

    @cached_property
    def steps(self):
        """The way of a new member; nothing once it is walked. The digest is offered on it, and is no reason to show it."""
        profile = getattr(self.own, "profile", None)
        steps = [
            Step(_("Join your organisation"), _("What you post belongs to it, and your colleagues can help to write it."),
                 reverse("organisations:join"), "organisation", bool(self.memberships)),
            Step(_("Tell who you are"), _("A headline and your themes, so that others find whom to call."),
                 reverse("people:me"), "user", bool(profile and profile.headline)),
            Step(_("Choose your digest"), _("One mail a week with only what is new on your themes and municipalities. No news, no mail."),
                 reverse("digests:settings"), "mail", self.digest.is_chosen),
            Step(_("Post a project"), _("Tell what you try out, in a quarter of an hour. A draft is kept at every step."),
                 self.post_url, "project", bool(self.rows)),
        ]  # fmt: skip
        return [] if all(step.done for step in steps if step.icon != "mail") else steps

    @property
    def next_step(self):
        return next((step for step in self.steps if not step.done), None)


@dataclass(frozen=True)
class Step:
    """One step of a new member's way."""

    label: str
    text: str
    url: str
    icon: str
    done: bool


def _ask_to_mend(project):
    action = pgettext("desk", "Mend")
    return Ask("edit", str(project), edit_url(project), project.state_reason, action, edit_url(project), project.state)


def _ask_to_go_on(project):
    text, action = _("Your draft is kept. Go on where you left it."), pgettext("desk", "Go on")
    return Ask("edit", str(project), edit_url(project), text, action, edit_url(project), project.state)


def edit_url(project):
    return reverse("projects:edit", args=[project.slug])


def with_titles(projects):
    """Titles come along; stories stay behind."""
    return projects.prefetch_related(Prefetch("texts", ProjectText.objects.defer("story", "keywords", "vector")))
