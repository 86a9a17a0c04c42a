"""Which organisations somebody sees and may post for, and who belongs to them."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from organisations.domains import names_that_count, owners_of_addresses
from organisations.enums import Asked, Role


def confirmed_addresses(user):
    """What `addresses` of the questions below are, for whoever asks several of them."""
    return list(user.emailaddress_set.filter(verified=True).values_list("email", flat=True))


class OrganisationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Verified organisations for everybody; proposals for their members and for moderators."""
        verified = Q(verified_at__isnull=False)
        if not getattr(user, "may_act", False):
            return self.filter(verified)
        if user.is_moderator:
            return self.all()
        return self.filter(verified | Q(pk__in=user.memberships.values("organisation")))

    def writable_by(self, user):
        """Organisations a member may post for: those she belongs to. Whether a draft goes out at once is her role's matter."""
        if not getattr(user, "may_act", False):
            return self.none()
        return self.filter(pk__in=user.memberships.values("organisation"))

    def solely_owned_by(self, user):
        """Organisations whose only acting owner is `user`: who leaves them hands them over first."""
        others = self.model._meta.get_field("memberships").related_model._default_manager.acting_owners().exclude(user=user)
        owned = self.filter(pk__in=user.memberships.filter(role=Role.OWNER).values("organisation"))
        return owned.exclude(Exists(others.filter(organisation=OuterRef("pk"))))

    def offered_to(self, user, addresses=None):
        """Verified organisations that a member may join at once: a confirmed address is in the longest domain that counts for it."""
        if not getattr(user, "may_act", False):
            return self.none()
        addresses = confirmed_addresses(user) if addresses is None else addresses
        domains = self.model._meta.get_field("domains").related_model._default_manager
        listed = domains.filter(name__in=names_that_count(addresses)).values_list("name", "organisation")
        best = owners_of_addresses(addresses, {name.lower(): organisation for name, organisation in listed})
        return self.filter(pk__in=best, verified_at__isnull=False).exclude(pk__in=user.memberships.values("organisation"))

    def for_moderation(self):
        """Proposals first, the oldest before the newer, those declined after them; then what is verified, the newest first."""
        ordered = (F("verified_at").desc(nulls_first=True), F("declined_at").asc(nulls_first=True), "created_at", "pk")
        return self.select_related("municipality", "verified_by").order_by(*ordered)


class MembershipQuerySet(models.QuerySet):
    def acting(self):
        """Of members who may act: neither suspended nor deactivated."""
        return self.filter(user__is_active=True, user__suspended_at__isnull=True)

    def acting_owners(self):
        return self.acting().filter(role=Role.OWNER)


class JoinRequestQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(state=Asked.WAITING)

    def waiting_for(self, user):
        """Requests that `user` answers: as owner, or as moderator where an organisation has no acting owner."""
        if not getattr(user, "may_act", False):
            return self.none()
        mine = Q(organisation__in=user.memberships.filter(role=Role.OWNER).values("organisation"))
        if user.is_moderator:
            memberships = self.model._meta.get_field("organisation").related_model._meta.get_field("memberships").related_model
            owners = memberships._default_manager.acting_owners().filter(organisation=OuterRef("organisation"))
            mine |= ~Exists(owners)
        return self.waiting().filter(mine)


class InvitationQuerySet(models.QuerySet):
    def open(self, now):
        """Neither answered nor withdrawn nor out of date."""
        return self.filter(state=Asked.WAITING, expires_at__gt=now)

    def for_addresses_of(self, user, addresses=None):
        """Those sent to an address that the member has confirmed."""
        if not getattr(user, "may_act", False):
            return self.none()
        addresses = confirmed_addresses(user) if addresses is None else addresses
        return self.filter(email__in=[email.lower() for email in addresses])
