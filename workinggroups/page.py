"""What the pages of a group show, in the words of the reader's language."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import CharField, Count, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from common.formats import number
from common.markup import is_other_language
from common.navigation import address
from common.publishing import State
from organisations.enums import Asked
from projects.models import Project
from workinggroups.enums import CHAIRS, GroupVisibility, Joining, News
from workinggroups.models import GroupInvitation, Resource
from workinggroups.shown import Line, Members
from workinggroups.verbs import available

MOST_PROJECTS = 6
BESIDE = 6
NEWEST = 3


@dataclass(frozen=True)
class Tab:
    """A part of every group's page. Its address takes the group's slug; its template extends `workinggroups/frame.html`."""

    key: str
    label: str  # lazily translated
    url_name: str
    rows: Callable | None = None  # of the `GroupPage`: a queryset; how many it has stands beside the label. None for no number
    shown: Callable = lambda page: True  # of the `GroupPage`: whether its reader has this part
    position: int = 100


_tabs = {}


def register_tab(*tabs):
    """Apps register the parts they add to a group in their module `group_tabs`."""
    _tabs.update({tab.key: tab for tab in tabs})


register_tab(
    Tab("overview", gettext_lazy("Overview"), "workinggroups:detail", position=0),
    Tab("resources", gettext_lazy("Files and links"), "workinggroups:resources",
        rows=lambda page: Resource.objects.visible_to(page.user).filter(group=page.group),
        shown=lambda page: page.is_member or page.resource_count > 0, position=40),
    Tab("members", gettext_lazy("Members"), "workinggroups:members", rows=lambda page: page.group.memberships.all(), position=80),
    Tab("announcements", gettext_lazy("Announcements"), "workinggroups:announcements",
        rows=lambda page: page.group.announcements.all(), shown=lambda page: page.reads_news, position=90),
)  # fmt: skip


class GroupPage:
    """One group for one reader; the same frame stands around each of its tabs. Each property is read at most once."""

    def __init__(self, group, user, tab="overview", *, numbers=True):
        """Without `numbers` nothing is counted for the tabs: for the pages below a tab, where nobody looks at them."""
        self.group, self.user, self.tab, self.numbers = group, user, tab, numbers
        self.text = group.text
        self.is_member = user.is_authenticated and user.has_perm("workinggroups.take_part", group)
        self.leads = user.has_perm("workinggroups.change", group)

    # ---- the frame

    @property
    def trail(self):
        trail = [(_("Home"), f"/{get_language()}/"), (_("Working groups"), address("workinggroups:list", get_language()))]
        return trail if self.tab == "overview" else [*trail, (str(self.group), self.group.get_absolute_url())]

    @cached_property
    def tabs(self):
        """The parts of the group that this reader has. What is built on groups adds its own: `register_tab`."""
        slug, counts = [self.group.slug], self.counts if self.numbers else {}
        return [
            {"label": tab.label, "url": reverse(tab.url_name, args=slug), "count": counts.get(tab.key), "current": tab.key == self.tab}
            for tab in sorted(_tabs.values(), key=lambda tab: tab.position)
            if tab.shown(self)
        ]

    @cached_property
    def counts(self):
        """`{key of a tab: how many rows it has for this reader}`, all of them in one query."""
        parts = [
            tab.rows(self).order_by().values(tab=Value(tab.key, output_field=CharField())).annotate(number=Count("pk", distinct=True))
            for tab in _tabs.values()
            if tab.rows
        ]
        numbers = {row["tab"]: row["number"] for row in parts[0].union(*parts[1:], all=True)}
        return {tab.key: numbers.get(tab.key, 0) for tab in _tabs.values() if tab.rows}

    @property
    def tabs_label(self):
        return _("Parts of the group")

    @cached_property
    def themes(self):
        return list(self.group.themes.all())

    @cached_property
    def tags(self):
        return sorted(self.group.tags.all(), key=lambda tag: tag.name.casefold())

    @cached_property
    def people(self):
        return self.counts["members"]

    @property
    def reads_news(self):
        return self.is_member or (self.user.is_authenticated and self.user.may_act and self.user.is_moderator)

    @cached_property
    def resource_count(self):
        """How many files and links this reader may read."""
        return self.counts["resources"]

    @cached_property
    def membership(self):
        if not self.is_member:
            return None
        return self.group.memberships.select_related("organisation").filter(user=self.user).first()

    @property
    def news_choices(self):
        return News.choices

    @property
    def is_full(self):
        return self.group.member_limit is not None and self.people >= self.group.member_limit

    @cached_property
    def verbs(self):
        return available(self.group, self.user)

    @cached_property
    def way_in(self):
        """How this reader comes to belong to it: "join", "ask", "asked", "waiting", "sign_in", "invitation" or ""."""
        if self.is_member or not self.group.is_open:
            return ""
        if not self.user.is_authenticated:
            return "" if self.group.joining == Joining.INVITATION else "sign_in"
        if self.place:
            return "waiting"
        if self.user.has_perm("workinggroups.join", self.group):
            return "join"
        if self.user.has_perm("workinggroups.ask", self.group):
            return "asked" if self.group.requests.waiting().filter(user=self.user).exists() else "ask"
        return "invitation" if self.group.joining == Joining.INVITATION and self.user.may_act else ""

    @cached_property
    def place(self):
        """The reader's place on the waiting list: its number, or 0."""
        mine = self.group.waiting_places.filter(user=self.user).first() if self.user.is_authenticated else None
        return self.group.waiting_places.filter(pk__lte=mine.pk).count() if mine else 0

    @property
    def notices(self):
        """[(kind, title, words)] over the page: where the group stands, when that is not plain."""
        state, reason = self.group.state, self.group.state_reason
        if state == State.DRAFT:
            return [("info", _("Draft"), _("Only members of the group see this page. Publish it, so that others find it."))]
        if state == State.HIDDEN:
            return [("warning", _("Hidden by a moderator"), reason)]
        if state == State.ARCHIVED:
            day = date_format(timezone.localtime(self.group.state_changed_at)) if self.group.state_changed_at else ""
            words = _("Closed on %(day)s. It can be read, and nothing is changed in it any more.") % {"day": day}
            return [("info", _("This group is closed"), words)]
        return []

    # ---- the overview

    @property
    def language_note(self):
        return bool(self.text) and is_other_language(self.text.language)

    @cached_property
    def facts(self):
        """[(term, words)]; the component leaves empty ones out."""
        group = self.group
        owner = format_html('<a href="{}">{}</a>', group.organisation.get_absolute_url(), group.organisation.name)
        numbers = {"taken": number(self.people), "all": number(group.member_limit)}
        places = _("%(taken)s of %(all)s taken") % numbers if group.member_limit else ""
        return [
            (_("Joining"), group.get_joining_display()),
            (_("Seen by"), group.get_visibility_display()),
            (_("Places"), places),
            (_("Waiting list"), number(self.waiting_count) if self.waiting_count else ""),
            (_("Mandate"), self.period),
            (_("Founded by"), owner if group.organisation.verified_at else group.organisation.name),
            (_("Last activity"), date_format(timezone.localtime(group.last_activity_at))),
        ]

    @cached_property
    def waiting_count(self):
        return self.group.waiting_places.count() if self.group.member_limit else 0

    @property
    def period(self):
        first, last = (date_format(day) if day else "" for day in (self.group.mandate_from, self.group.mandate_to))
        if first and last:
            return f"{first} – {last}"
        if first:
            return _("from %(start)s") % {"start": first}
        return _("until %(end)s") % {"end": last} if last else ""

    @property
    def is_overdue(self):
        """The mandate is over and the group goes on: shown, never a state."""
        return self.group.is_open and self.group.mandate_to and self.group.mandate_to < timezone.localdate()

    @cached_property
    def projects(self):
        """Tied projects this reader sees, as cards."""
        return list(Project.objects.visible_to(self.user).listed().filter(working_groups=self.group).for_cards()[:MOST_PROJECTS])

    @property
    def names_people(self):
        """Visitors do not read who added what: who belongs to a group is read by members of the portal."""
        return bool(getattr(self.user, "may_act", False))

    @cached_property
    def newest_resources(self):
        rows = Resource.objects.visible_to(self.user).filter(group=self.group).order_by("-changed_at", "-pk").for_lists()
        return [Line(row, self) for row in rows[:NEWEST]]

    @cached_property
    def members(self):
        return Members(self.group, self.user, self.people)

    @cached_property
    def beside(self):
        """The first members this reader may read of."""
        return self.members.first(BESIDE)

    @cached_property
    def seats(self):
        return list(self.group.seats.select_related("organisation", "holder__user", "deputy__user").order_by("organisation__name", "pk"))

    @property
    def is_indexed(self):
        return self.group.state == State.PUBLISHED and self.group.visibility == GroupVisibility.PUBLIC

    @property
    def linked_data(self):
        text = self.text
        return {"@context": "https://schema.org", "@type": "Organization", "name": str(self.group),
                "description": text.purpose if text else ""}  # fmt: skip

    # ---- what its chairs look after

    @cached_property
    def manages(self):
        return self.user.has_perm("workinggroups.manage_members", self.group)

    @cached_property
    def requests(self):
        wanted = self.manages and self.group.is_open
        return list(self.group.requests.waiting().select_related("user", "organisation")) if wanted else []

    @cached_property
    def invitations(self):
        """[(invitation, whether it can still be taken up)] that nobody has answered, the newest first."""
        rows = GroupInvitation.objects.filter(group=self.group, state=Asked.WAITING)[:100] if self.manages else []
        now = timezone.now()
        for row in rows:
            row.group = self.group
        return [(row, row.is_open(now)) for row in rows]

    @cached_property
    def waiting(self):
        wanted = self.manages and self.group.member_limit
        return list(self.group.waiting_places.select_related("user", "organisation")[:200]) if wanted else []

    @property
    def may_hand_over(self):
        return self.user.has_perm("workinggroups.hand_over", self.group) and self.group.state in (State.DRAFT, State.PUBLISHED)

    @property
    def changes_members(self):
        return self.manages and self.group.state in (State.DRAFT, State.PUBLISHED)

    @cached_property
    def has_no_chair(self):
        return self.manages and not self.leads and not self.group.memberships.acting().filter(role__in=CHAIRS).exists()
