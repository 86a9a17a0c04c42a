"""Asking to join a group on request, with a note, and the answer with one. Chairs answer; moderators where no chair may act."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from common.errors import WrongState
from common.publishing import State
from common.rows import clean_row
from notifications.actions import notify
from organisations.enums import Asked
from records.actions import audit
from workinggroups import telling
from workinggroups.actions.admission import admit, organisation_beside
from workinggroups.actions.locking import locked, locked_row
from workinggroups.enums import GroupRole, Joining
from workinggroups.models import GroupMembership, GroupRequest


def ask_to_join(group, *, by, note="", organisation=None):
    """Keep a member's wish to join; asking twice keeps the first. Raises `WrongState` for a member and where nobody can ask."""
    with transaction.atomic():
        row = locked(group, states=(State.PUBLISHED,))
        if row.memberships.filter(user=by).exists() or row.waiting_places.filter(user=by).exists():
            raise WrongState(_("You belong to %(name)s already, or wait for a place in it.") % {"name": row}, code="is_member")
        if waiting := row.requests.waiting().filter(user=by).first():
            return waiting
        if row.joining != Joining.REQUEST:
            message = _("This group takes no requests: “%(joining)s”.")
            raise WrongState(message % {"joining": row.get_joining_display()}, code="not_on_request")
        request = clean_row(GroupRequest(group=row, user=by, note=note, organisation=organisation_beside(by, organisation)))
        request.save(force_insert=True)
        audit("ask_to_join", row, by=by)
        notify("workinggroup.asked", row, by=by, to=telling.those_who_answer(row), note=request.note,
               url=telling.path_to("workinggroups:members", row.slug))  # fmt: skip
    return request


def accept_request(request, *, by, answer="", role=GroupRole.MEMBER, now=None):
    """Take the asker in, or onto the waiting list of a full group. Raises `WrongState` where the request is answered or withdrawn."""
    with transaction.atomic():
        row = _answer(request, Asked.ACCEPTED, by=by, answer=answer, now=now)
        found = admit(row.group, row.user, by=by, role=role, organisation=row.organisation, now=now)
        audit("accept_request", row.group, by=by, note=row.answer, changes={"user": row.user_id, "role": str(role)})
        kind = "workinggroup.accepted" if isinstance(found, GroupMembership) else "workinggroup.waiting"
        notify(kind, row.group, by=by, to=[(row.user_id, "asked")], note=row.answer)
    return found


def decline_request(request, *, by, answer="", now=None):
    """Do not take the asker in; the answer is read by them. Raises `WrongState` where the request is answered or withdrawn."""
    with transaction.atomic():
        row = _answer(request, Asked.DECLINED, by=by, answer=answer, now=now)
        audit("decline_request", row.group, by=by, note=row.answer, changes={"user": row.user_id})
        notify("workinggroup.declined", row.group, by=by, to=[(row.user_id, "asked")], note=row.answer)
    return row


def withdraw_request(request, *, by, now=None):
    """The asker thinks better of it. Raises `WrongState` where the request is answered or withdrawn."""
    with transaction.atomic():
        row = _answer(request, Asked.WITHDRAWN, by=by, now=now, states=())
        audit("withdraw_request", row.group, by=by)
    return row


def _answer(request, state, *, by, answer="", now=None, states=(State.PUBLISHED,)):
    group = locked(request.group, states=states)
    row = locked_row(request)
    row.group = group
    if row.state != Asked.WAITING:
        message = _("This request is answered already; it is now “%(state)s”.")
        raise WrongState(message % {"state": row.get_state_display()}, code="wrong_state")
    row.state, row.answer, row.answered_by, row.answered_at = state, answer, by, now or timezone.now()
    clean_row(row).save(update_fields=["state", "answer", "answered_by", "answered_at"])
    return row
