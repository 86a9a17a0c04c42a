"""Which groups somebody sees, who belongs to them, and what waits for an answer."""

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Lower

from common.publishing import READABLE, State
from organisations.enums import Asked
from workinggroups.enums import ALIVE_FOR, CHAIRS, QUIET_FOR, Audience, GroupRole, GroupVisibility, Sign


class WorkingGroupQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What somebody may open. A private group and a draft do not exist but for their members; moderators see all but drafts."""
        public = Q(state__in=READABLE, visibility=GroupVisibility.PUBLIC)
        if not getattr(user, "may_act", False):
            return self.filter(public)
        mine = Q(pk__in=user.group_memberships.values("group"))
        if user.is_moderator:
            return self.filter(~Q(state=State.DRAFT) | mine)
        return self.filter(public | Q(state__in=READABLE, visibility=GroupVisibility.MEMBERS) | mine)

    def listed(self):
        """What stands in lists, counts, feeds, exports and the sitemap: published, not closed."""
        return self.filter(state=State.PUBLISHED)

    def of(self, user):
        """Groups a member belongs to, in whatever state."""
        return self.filter(pk__in=user.group_memberships.values("group")) if getattr(user, "may_act", False) else self.none()

    def with_sign(self, sign, now):
        """Those with this sign of life; the twin of `WorkingGroup.sign_at`."""
        alive, quiet = now - ALIVE_FOR, now - QUIET_FOR
        wanted = {
            Sign.ALIVE: Q(last_activity_at__gt=alive),
            Sign.QUIET: Q(last_activity_at__lte=alive, last_activity_at__gt=quiet),
            Sign.ASLEEP: Q(last_activity_at__lte=quiet),
        }
        return self.filter(wanted[sign])

    def with_numbers(self):
        """With `people`, the number of members, and `organisations`, the number of organisations they come from."""
        rows = self.model._meta.get_field("memberships").related_model._default_manager.filter(group=OuterRef("pk")).order_by()
        people = rows.values("group").annotate(number=Count("pk")).values("number")
        organisations = rows.values("group").annotate(number=Count("organisation", distinct=True)).values("number")
        return self.annotate(people=Coalesce(Subquery(people), 0), represented=Coalesce(Subquery(organisations), 0))


class GroupMembershipQuerySet(models.QuerySet):
    def acting(self):
        """Of members who may act: neither suspended nor deactivated."""
        return self.filter(user__is_active=True, user__suspended_at__isnull=True)

    def acting_chairs(self):
        return self.acting().filter(role__in=CHAIRS)

    def in_order(self):
        """The chair, co-chairs, members, observers; each by when they came."""
        ranks = [models.When(role=role, then=place) for place, role in enumerate(GroupRole)]
        return self.order_by(models.Case(*ranks, output_field=models.SmallIntegerField()), "created_at", "pk")


class GroupRequestQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(state=Asked.WAITING)

    def waiting_for(self, user):
        """Requests that `user` answers: as chair, or as moderator where a group has no acting chair."""
        if not getattr(user, "may_act", False):
            return self.none()
        mine = Q(group__in=user.group_memberships.filter(role__in=CHAIRS).values("group"))
        if user.is_moderator:
            memberships = self.model._meta.get_field("group").related_model._meta.get_field("memberships").related_model
            mine |= ~Exists(memberships._default_manager.acting_chairs().filter(group=OuterRef("group")))
        return self.waiting().filter(mine, group__state=State.PUBLISHED, user__is_active=True, user__suspended_at__isnull=True)


class GroupInvitationQuerySet(models.QuerySet):
    def open(self, now):
        """Neither answered nor withdrawn nor out of date, and the group still takes members."""
        return self.filter(state=Asked.WAITING, expires_at__gt=now, group__state__in=(State.DRAFT, State.PUBLISHED))

    def visible_to(self, user):
        """Those sent to an address that the member has confirmed: whoever is invited is told, also to a private group."""
        if not getattr(user, "may_act", False):
            return self.none()
        return self.filter(email__in=user.emailaddress_set.filter(verified=True).values(lower=Lower("email")))


class AnnouncementQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Announcements are read by the group's members, and by moderators."""
        if not getattr(user, "may_act", False):
            return self.none()
        if user.is_moderator:
            return self.exclude(group__state=State.DRAFT)
        return self.filter(group__in=user.group_memberships.values("group"))


class ResourceQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What somebody may read of the groups he or she sees: all of it in one's own, elsewhere what is for everybody there."""
        groups = self.model._meta.get_field("group").related_model._default_manager.visible_to(user)
        seen = self.filter(removed_at=None, group__in=groups.order_by().values("pk"))
        if not getattr(user, "may_act", False):
            return seen.filter(audience=Audience.EVERYBODY)
        if user.is_moderator:
            return seen
        return seen.filter(Q(audience=Audience.EVERYBODY) | Q(group__in=user.group_memberships.values("group")))

    def listed(self):
        """What search finds: of groups at work and of closed ones."""
        return self.filter(group__state__in=READABLE)

    def removed(self):
        return self.filter(removed_at__isnull=False)

    def for_lists(self):
        """With what a line of a list says, in a constant number of queries."""
        return self.select_related("group", "current", "created_by", "changed_by").prefetch_related("current__attachments").defer("vector")


class FileVersionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Versions of the files somebody may read: asked at the file's address, too."""
        resources = self.model._meta.get_field("resource").related_model._default_manager.visible_to(user)
        return self.filter(resource__in=resources.order_by().values("pk"))
