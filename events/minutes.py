"""Minutes as they are read: one version of an event's, for one reader."""

from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _

from events.enums import MinutesState, Presence, State
from events.models import ActionPoint, Minutes


class MinutesPage:
    """The version asked for, else what is in force, else the draft. Who was there by name is for members of the portal."""

    def __init__(self, event, user, version=None):
        self.event, self.user, self.text, self.asked = event, user, event.text, version
        self.sees_names = bool(getattr(user, "may_act", False))

    @cached_property
    def versions(self):
        """Every version the reader may see, the newest first."""
        rows = Minutes.objects.visible_to(self.user).filter(event=self.event)
        return list(rows.select_related("approved_by", "started_by").order_by("-version"))

    @cached_property
    def minutes(self):
        """None where there are none, or none of that number."""
        if self.asked is not None:
            found = next((one for one in self.versions if one.version == self.asked), None)
        else:
            found = self.in_force or next(iter(self.versions), None)
        if found:
            found.event = self.event
        return found

    @property
    def in_force(self):
        return next((one for one in self.versions if one.state == MinutesState.APPROVED), None)

    @property
    def draft(self):
        return next((one for one in self.versions if one.is_draft), None)

    # ---- who

    @cached_property
    def attendees(self):
        return list(self.minutes.attendees.select_related("organisation"))

    def _lines(self, presence):
        rows = [one for one in self.attendees if one.presence == presence]
        return [(one.name or _("Former member"), one.organisation_name, one.is_deputy) for one in rows]

    @property
    def present(self):
        return self._lines(Presence.PRESENT)

    @property
    def absent(self):
        return self._lines(Presence.ABSENT)

    @property
    def organisations(self):
        """[(name, address or "")] of the organisations that were there, once each, by name."""
        found = {}
        for one in self.attendees:
            if one.presence == Presence.PRESENT and one.organisation_name:
                shown = one.organisation if one.organisation and one.organisation.verified_at else None
                found.setdefault(one.organisation_name, shown.get_absolute_url() if shown else "")
        return sorted(found.items(), key=lambda pair: pair[0].casefold())

    # ---- what

    @cached_property
    def decisions(self):
        return list(self.minutes.decisions.prefetch_related("organisations"))

    @cached_property
    def points(self):
        """[(number, point, its decisions)]"""
        of_point = {}
        for decision in self.decisions:
            of_point.setdefault(decision.point_id, []).append(decision)
        return [(number, point, of_point.get(point.pk, [])) for number, point in enumerate(self.minutes.points.all(), 1)]

    @property
    def other_decisions(self):
        return [one for one in self.decisions if one.point_id is None]

    @cached_property
    def agreed(self):
        """[(what was agreed, its action point or None)]; the action point for those who may read what becomes of it."""
        rows = list(self.minutes.agreed.select_related("owner"))
        seen = ActionPoint.objects.visible_to(self.user).filter(event=self.event).select_related("owner")
        live = {point.key: point for point in seen} if rows and self.sees_names else {}
        return [(one, live.get(one.key)) for one in rows]

    # ---- what the reader may do

    def _may(self, permission):
        return self.user.is_authenticated and self.user.has_perm(permission, self.event)

    @cached_property
    def is_at_work(self):
        """Whether anything can be written: it takes place, and its group is not closed."""
        return self.event.state == State.PUBLISHED and not (self.event.group_id and self.event.group.is_closed)

    @cached_property
    def writes(self):
        return self._may("events.minute") and self.is_at_work

    @property
    def may_start(self):
        return self.writes and not self.versions and self.event.starts_at <= timezone.now()

    @property
    def may_edit(self):
        return self.writes and self.minutes is not None and self.minutes.is_draft

    @property
    def may_approve(self):
        return self.may_edit and self._may("events.approve_minutes")

    @property
    def may_correct(self):
        approved = self.minutes is not None and self.minutes.state == MinutesState.APPROVED
        return approved and self.writes and self.draft is None and self._may("events.approve_minutes")

    @property
    def reads_drafts(self):
        return self._may("events.read_drafts")

    @property
    def is_indexed(self):
        """Whether search engines may keep it: what is in force, of what everybody reads."""
        return self.minutes is not None and self.minutes.state == MinutesState.APPROVED and self.event.visibility == "public"
