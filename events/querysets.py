"""Which events somebody sees, and who takes part in them."""

from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from events.enums import READABLE, STANDING, RegistrationState, State, Visibility
from workinggroups.enums import GroupVisibility


class EventQuerySet(models.QuerySet):
    """The one definition of who sees an event. Its twin for a single one is `events.rules.can_see_event`."""

    def visible_to(self, user):
        """Everything `user` may open. Drafts are for those who belong to the host; the portal's own for moderators and their author."""
        open_to_others = Q(state__in=READABLE) & ~Q(group__visibility=GroupVisibility.PRIVATE)
        public = open_to_others & Q(visibility=Visibility.PUBLIC)
        if not getattr(user, "may_act", False):
            return self.filter(public)
        of_portal = Q(organisation=None, group=None)
        own = Q(organisation__in=user.memberships.values("organisation")) | Q(group__in=user.group_memberships.values("group"))
        if user.is_moderator:
            return self.filter(~Q(state=State.DRAFT) | own | of_portal)
        return self.filter(public | open_to_others & Q(visibility=Visibility.MEMBERS) | own | of_portal & Q(created_by=user))

    def listed(self):
        """What stands in lists, calendars and feeds: what takes place, and what was to take place and is cancelled."""
        return self.filter(state__in=READABLE)

    def taking_place(self):
        return self.filter(state=State.PUBLISHED)

    def upcoming(self, now):
        """Not over yet, the next first."""
        return self.filter(ends_at__gt=now).order_by("starts_at", "pk")

    def past(self, now):
        """Over, the latest first."""
        return self.filter(ends_at__lte=now).order_by("-starts_at", "-pk")

    def between(self, start, end):
        """Those of which some part lies between two moments, in their order."""
        return self.filter(starts_at__lt=end, ends_at__gt=start).order_by("starts_at", "pk")

    def with_seats(self):
        """`taken`: how many seats are given away; `waiting`: how many wait for one."""
        rows = self.model._meta.get_field("registrations").related_model._default_manager.filter(event=OuterRef("pk")).order_by()
        seated = rows.filter(state=RegistrationState.REGISTERED, takes_seat=True)
        waiting = rows.filter(state=RegistrationState.WAITING)
        return self.annotate(taken=_number(seated), waiting=_number(waiting))


def _number(rows):
    """How many rows of an event there are, without a join that would multiply them."""
    return Coalesce(Subquery(rows.values("event").annotate(number=Count("pk")).values("number")), 0)


class RegistrationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own."""
        return self.filter(user=user) if getattr(user, "may_act", False) else self.none()

    def standing(self):
        return self.filter(state__in=STANDING)

    def registered(self):
        return self.filter(state=RegistrationState.REGISTERED)

    def seated(self):
        return self.registered().filter(takes_seat=True)

    def waiting(self):
        """In the order in which they came."""
        return self.filter(state=RegistrationState.WAITING).order_by("number")

    def in_line(self):
        """Those who have a place before those who wait, each in the order in which they came."""
        return self.standing().order_by("state", "number", "pk")

    def to_remind(self, now, until):
        """Of events that begin between two moments: registered before that time began, and not reminded yet."""
        soon = Q(event__state=State.PUBLISHED, event__starts_at__gt=now, event__starts_at__lte=until)
        return self.registered().filter(soon, reminded_at=None, registered_at__lt=F("event__starts_at") - (until - now))
