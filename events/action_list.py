"""Action points as lists show them: what is overdue first, with what the reader may do about each."""

from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from events.actions.following import today_of
from events.enums import ActionState
from events.forms import AssignForm
from events.models import ActionPoint
from workinggroups.models import GroupMembership

A_PAGE = 50
MOST_PEOPLE = 300


@dataclass(frozen=True)
class Line:
    """One action point for one reader."""

    point: ActionPoint
    is_overdue: bool
    may_finish: bool
    assign: AssignForm | None

    @property
    def owner(self):
        point = self.point
        return point.owner.shown_name if point.owner else point.owner_name or _("Nobody yet")

    @property
    def due(self):
        return date_format(self.point.due_on, "DATE_FORMAT") if self.point.due_on else _("No date")

    @property
    def may_reopen(self):
        return self.may_finish and self.point.state == ActionState.DONE


class ActionList:
    """Open ones by their date, or those that are done, the latest first. A constant number of queries."""

    def __init__(self, parameters, user, *, group=None, now=None):
        self.user, self.group, self.now = user, group, now or timezone.now()
        self.is_done = parameters.get("show") == "done"
        self.number = parameters.get("page")

    @cached_property
    def rows(self):
        rows = ActionPoint.objects.visible_to(self.user)
        rows = rows.filter(event__group=self.group) if self.group else rows.filter(owner=self.user)
        if self.is_done:
            rows = rows.filter(state=ActionState.DONE).order_by("-finished_at", "-pk")
        else:
            rows = rows.open().most_urgent_first()
        return rows.select_related("owner", "event__group", "event__organisation").prefetch_related("event__texts", "event__group__texts")

    @cached_property
    def page(self):
        return Paginator(self.rows, A_PAGE).get_page(self.number)

    @cached_property
    def people(self):
        """[(primary key, name)] of whom a chair may give something to."""
        if self.group is None:
            return []
        members = GroupMembership.objects.acting().filter(group=self.group).select_related("user").in_order()[:MOST_PEOPLE]
        return sorted(((one.user_id, one.user.shown_name) for one in members), key=lambda pair: pair[1].casefold())

    @cached_property
    def lines(self):
        return [self._line(point) for point in self.page]

    def _line(self, point):
        is_live = not (point.event.group_id and point.event.group.is_closed)
        may_assign = is_live and self.group is not None and point.is_open and self.user.has_perm("events.assign_action", point)
        return Line(
            point, point.is_overdue(today_of(self.now)), is_live and self.user.has_perm("events.finish_action", point),
            AssignForm(point=point, people=self.people) if may_assign else None,
        )  # fmt: skip

    @property
    def views(self):
        return [
            {"label": _("To do"), "url": "?", "icon": "clock", "current": not self.is_done},
            {"label": _("Done"), "url": "?show=done", "icon": "check", "current": self.is_done},
        ]
