"""Roles of a group's members. The chair is one person: the office is handed over and never taken away by a change of role."""

from django.db import transaction
from django.utils.translation import gettext as _

from common.errors import WrongState
from common.text import clean_text
from notifications.actions import notify
from records.actions import audit
from workinggroups import telling
from workinggroups.actions.admission import end
from workinggroups.actions.locking import IN_USE, locked
from workinggroups.enums import GroupRole, News
from workinggroups.models import GroupMembership
from workinggroups.rules import forget_roles


def change_role(membership, role, *, by):
    """Give a member another role but the chair's; twice is the same as once. Raises `WrongState` for the chair and one who left."""
    with transaction.atomic():
        row = _current(membership)
        if row.role == role:
            return row
        if GroupRole.CHAIR in (role, row.role):
            raise WrongState(_("The chair is handed over to another member, not changed."), code="is_chair")
        before, row.role = row.role, role
        row.save(update_fields=["role"])
        audit("change_role", row.group, by=by, changes={"user": row.user_id, "role": [before, str(role)]})
        notify("workinggroup.role_changed", row.group, by=by, to=[(row.user_id, "group_member")],
               context={"role": GroupRole(role).label})  # fmt: skip
    forget_roles(row.user)
    return row


def remove_member(membership, *, by, note=""):
    """Take a member out, with the reason they read. Raises `WrongState` for the chair and for one who left.

    The notice is about the member, not the group: a private group is not there any more for whom it concerns.
    """
    with transaction.atomic():
        row = _current(membership)
        if row.role == GroupRole.CHAIR:
            raise WrongState(_("The chair cannot be taken out. Hand the chair over first."), code="is_chair")
        reason = clean_text(note)[:2_000]
        end(row, "remove_member", by=by, note=reason)
        notify("workinggroup.removed", row.user, by=by, to=[(row.user_id, "group_member")], context={"title": str(row.group)},
               note=reason, url=telling.path_to("workinggroups:list"))  # fmt: skip


def hand_over(membership, *, by):
    """Make a member the chair; who was it is a co-chair from now on. Raises `WrongState` for somebody who cannot act at present."""
    with transaction.atomic():
        row = _current(membership)
        if row.role == GroupRole.CHAIR:
            return row
        if not row.user.may_act:
            words = _("%(name)s cannot act at present and cannot be the chair.")
            raise WrongState(words % {"name": row.user.shown_name}, code="not_acting")
        make_chair(row, by=by)
    return row


def make_chair(row, *, by):
    """Write it, record it, tell it. Call with the group locked."""
    before = row.group.memberships.select_related("user").filter(role=GroupRole.CHAIR).first()
    if before:
        GroupMembership.objects.filter(pk=before.pk).update(role=GroupRole.CO_CHAIR)
        forget_roles(before.user)
    row.role = GroupRole.CHAIR
    row.save(update_fields=["role"])
    forget_roles(row.user)
    audit("hand_over", row.group, by=by, changes={"from": before.user_id if before else None, "to": row.user_id})
    notify("workinggroup.handed_over", row.group, by=by, to=[(row.user_id, "chair")],
           url=telling.path_to("workinggroups:members", row.group.slug))  # fmt: skip


def change_news(group, news, *, by):
    """How `by` hears of the group's announcements. Raises `WrongState` for one who is no member."""
    if not group.memberships.filter(user=by).update(news=News(news)):
        raise WrongState(_("You do not belong to this group."), code="no_member")


def _current(membership):
    """The membership as it is now, with its group locked."""
    group = locked(membership.group, states=IN_USE)
    row = group.memberships.select_related("user", "organisation").filter(pk=membership.pk).first()
    if row is None:
        raise WrongState(_("This person does not belong to the group any more."), code="no_member")
    row.group = group
    return row
