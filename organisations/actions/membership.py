"""Who belongs to an organisation and in which role. An organisation that has an owner never loses the last one.

The order is the same in every verb: lock the organisation, check, write, record, tell.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from common.errors import WrongState
from notifications.actions import notify
from organisations import telling
from organisations.actions.locking import forget_roles, keep_an_owner, locked
from organisations.domains import domain_of, is_free_mail, with_parents
from organisations.enums import Asked, Role
from organisations.leaving import ended
from organisations.models import Membership, Organisation
from records.actions import audit


def add_member(organisation, user, *, by, role=Role.MEMBER):
    """Make `user` a member, or change the role of one who is; returns the membership. Twice is the same as once.

    Tells nobody: for imports, the demo and the verbs that do. Raises `WrongState` for the last owner.
    """
    with transaction.atomic():
        membership, made = Membership.objects.get_or_create(organisation=locked(organisation), user=user, defaults={"role": role})
        if not made and membership.role != role:
            keep_an_owner(membership)
            membership.role = role
            membership.save(update_fields=["role"])
            made = True
        if made:
            audit("add_member", organisation, by=by, changes={"user": user.pk, "role": str(role)})
    forget_roles(user)
    return membership


def offer_by_domain(user, address):
    """Tell a member which organisation the just confirmed address leads to, and that joining is one click. Returns it, or None."""
    with transaction.atomic():
        names = with_parents(domain_of(address)) if not is_free_mail(domain_of(address)) else []
        offered = Organisation.objects.offered_to(user).filter(domains__name__in=names).first()
        if offered:
            notify("organisation.offered", offered, by=None, to=[(user, "address")], url=telling.path_to("organisations:join"))
    return offered


def join_by_domain(organisation, *, by):
    """`by` has a confirmed address in a domain of the verified organisation and joins at once, as a member.

    Waiting requests of the same person are answered by that. Raises `WrongState` where no confirmed address counts.
    """
    with transaction.atomic():
        row = locked(organisation)
        if not row.memberships.filter(user=by).exists():
            if not Organisation.objects.offered_to(by).filter(pk=row.pk).exists():
                raise WrongState(_("None of your confirmed addresses is in a domain of %(name)s.") % {"name": row}, code="no_domain")
            add_member(row, by, by=by)
            row.join_requests.waiting().filter(user=by).update(state=Asked.WITHDRAWN)
            notify("organisation.joined", row, by=by, to=telling.owners(row), url=telling.path_to("organisations:members", row.slug))
    forget_roles(by)


def change_role(membership, role, *, by):
    """Give a member another role; twice is the same as once. Raises `WrongState` for the last owner and for one who left."""
    with transaction.atomic():
        row = _current(membership)
        if row.role == role:
            return row
        keep_an_owner(row)
        before, row.role = row.role, role
        row.save(update_fields=["role"])
        audit("change_role", row.organisation, by=by, changes={"user": row.user_id, "role": [str(before), str(role)]})
        notify("organisation.role_changed", row.organisation, by=by, to=[(row.user_id, "member")], context={"role": Role(role).label})
    forget_roles(row.user)
    return row


def remove_member(membership, *, by, note=""):
    """Take somebody out; what they wrote for the organisation stays. Raises `WrongState` for the last owner and for one who left."""
    with transaction.atomic():
        row = _current(membership)
        keep_an_owner(row)
        _end(row, "remove_member", by=by)
        notify("organisation.removed", row.organisation, by=by, to=[(row.user_id, "member")], note=note)
    forget_roles(row.user)


def leave(organisation, *, by):
    """`by` leaves; what they wrote for the organisation stays. Raises `WrongState` for the last owner and for one who left."""
    with transaction.atomic():
        membership = locked(organisation).memberships.select_related("user", "organisation").filter(user=by).first()
        if membership is None:
            raise WrongState(_("You do not belong to %(name)s.") % {"name": organisation}, code="no_member")
        keep_an_owner(membership)
        _end(membership, "leave", by=by)
        url = telling.path_to("organisations:members", organisation.slug)
        notify("organisation.member_left", organisation, by=by, to=telling.owners(organisation), url=url)
    forget_roles(by)


def hand_over(membership, *, by):
    """`by`, an owner, makes another member the owner and becomes an editor, in one step. Raises `WrongState` where that is not so."""
    with transaction.atomic():
        row = _current(membership)
        own = row.organisation.memberships.filter(user=by, role=Role.OWNER).first()
        if own is None or own.pk == row.pk:
            raise WrongState(_("Ownership is handed over by an owner to another member."), code="no_owner")
        if not row.user.may_act:
            raise WrongState(_("%(name)s cannot act at present and cannot be an owner.") % {"name": row.user}, code="not_acting")
        row.role, own.role = Role.OWNER, Role.EDITOR
        Membership.objects.bulk_update([row, own], ["role"])
        audit("hand_over", row.organisation, by=by, changes={"from": own.user_id, "to": row.user_id})
        notify("organisation.handed_over", row.organisation, by=by, to=[(row.user_id, "owner")],
               url=telling.path_to("organisations:members", row.organisation.slug))  # fmt: skip
    forget_roles(by)
    forget_roles(row.user)


def choose_main(user, organisation):
    """The organisation that stands beside the member's name; None for none. Ignores one the member does not belong to."""
    with transaction.atomic():
        rows = list(user.memberships.select_for_update(of=("self",)).order_by("pk"))
        for row in sorted(rows, key=lambda row: row.is_main, reverse=True):  # the old one first: only one may be it
            is_main = organisation is not None and row.organisation_id == organisation.pk
            if row.is_main != is_main:
                row.is_main = is_main
                row.save(update_fields=["is_main"])


def _current(membership):
    """The membership as it is now, with its organisation locked."""
    organisation = locked(membership.organisation)
    row = organisation.memberships.select_related("user", "organisation").filter(pk=membership.pk).first()
    if row is None:
        raise WrongState(_("This person does not belong to the organisation any more."), code="no_member")
    return row


def _end(membership, verb, *, by):
    membership.delete()
    audit(verb, membership.organisation, by=by, changes={"user": membership.user_id, "role": membership.role})
    ended(membership.organisation, membership.user, by=by)
