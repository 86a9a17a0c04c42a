"""Which events somebody sees, and who takes part in them."""

from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from events.enums import READABLE, STANDING, ActionState, ItemState, MinutesState, RegistrationState, State, Visibility
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

    def belonging_to(self, user):
        """Those whose drafts and proposals `user` reads: of hosts he or she belongs to, and the portal's own for its editors."""
        if not getattr(user, "may_act", False):
            return self.none()
        of_portal = Q(organisation=None, group=None)
        if not (user.is_moderator or user.has_perm("wagtailadmin.access_admin")):
            of_portal &= Q(created_by=user)
        own = Q(organisation__in=user.memberships.values("organisation")) | Q(group__in=user.group_memberships.values("group"))
        return self.filter(own | of_portal)

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


class OfEventQuerySet(models.QuerySet):
    """Rows of an event: whoever may not see the event sees none of them."""

    def _events(self):
        return self.model._meta.get_field("event").related_model._default_manager

    def _of_seen(self, user):
        return self.filter(event__in=self._events().visible_to(user).values("pk"))

    def _of_own(self, user):
        return Q(event__in=self._events().belonging_to(user).values("pk"))


class AgendaItemQuerySet(OfEventQuerySet):
    def visible_to(self, user):
        """What is on the agenda is for whoever sees the event; proposals are for the host's members and for who made them."""
        seen = self._of_seen(user)
        if not getattr(user, "may_act", False):
            return seen.planned()
        return seen.filter(Q(state=ItemState.PLANNED) | Q(proposed_by=user) | self._of_own(user))

    def planned(self):
        return self.filter(state=ItemState.PLANNED)

    def proposed(self):
        return self.filter(state=ItemState.PROPOSED)


class MinutesQuerySet(OfEventQuerySet):
    """The twin for one row is `events.rules.can_see_minutes`."""

    def visible_to(self, user):
        """Approved minutes are for whoever sees the event; a draft is for those who belong to its host."""
        seen, approved = self._of_seen(user), ~Q(state=MinutesState.DRAFT)
        return seen.filter(approved | self._of_own(user)) if getattr(user, "may_act", False) else seen.filter(approved)

    def in_force(self):
        return self.filter(state=MinutesState.APPROVED)


class DecisionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Decisions are read where their minutes are."""
        minutes = self.model._meta.get_field("minutes").related_model._default_manager
        return self.filter(minutes__in=minutes.visible_to(user).values("pk"))

    def in_force(self):
        return self.filter(is_in_force=True)

    def latest_first(self):
        return self.order_by("-decided_on", "-year", "-number", "-pk")


class ActionPointQuerySet(OfEventQuerySet):
    """The twin for one row is `events.rules.can_see_action_point`."""

    def visible_to(self, user):
        """For those who belong to the host, and for whoever is to do it."""
        if not getattr(user, "may_act", False):
            return self.none()
        return self._of_seen(user).filter(Q(owner=user) | self._of_own(user))

    def open(self):
        return self.filter(state=ActionState.OPEN)

    def in_use(self):
        """Of groups that are not closed, and of events that can be read: nobody is reminded of what is over."""
        return self.filter(Q(event__group=None) | Q(event__group__state="published"), event__state__in=READABLE)

    def most_urgent_first(self):
        """What is due first, then what is due some day."""
        return self.order_by(F("due_on").asc(nulls_last=True), "pk")
