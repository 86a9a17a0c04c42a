"""Asking to join where no confirmed address answers by itself. Owners answer; moderators where no owner may act."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from common.errors import WrongState
from common.rows import clean_row
from notifications.actions import notify
from organisations import telling
from organisations.actions.locking import locked, locked_row
from organisations.actions.membership import add_member
from organisations.enums import Asked, Role
from organisations.models import JoinRequest
from records.actions import audit


def ask_to_join(organisation, *, by, note=""):
    """Keep a member's wish to join with a note to those who answer; asking twice keeps the first. Raises `WrongState` for a member."""
    with transaction.atomic():
        row = locked(organisation)
        if row.memberships.filter(user=by).exists():
            raise WrongState(_("You belong to %(name)s already.") % {"name": row}, code="is_member")
        if waiting := row.join_requests.waiting().filter(user=by).first():
            return waiting
        request = clean_row(JoinRequest(organisation=row, user=by, note=note))
        request.save(force_insert=True)
        audit("ask_to_join", row, by=by)
        notify("organisation.asked", row, by=by, to=telling.those_who_answer(row), note=request.note,
               url=telling.path_to("organisations:members", row.slug))  # fmt: skip
    return request


def accept_request(request, *, by, role=Role.MEMBER, answer="", now=None):
    """Take the asker in, with `role`. Raises `WrongState` where the request is answered or withdrawn."""
    with transaction.atomic():
        row = _answer(request, Asked.ACCEPTED, by=by, answer=answer, now=now)
        if not row.organisation.memberships.filter(user=row.user).exists():
            add_member(row.organisation, row.user, by=by, role=role)
        audit("accept_request", row.organisation, by=by, note=row.answer, changes={"user": row.user_id, "role": str(role)})
        notify("organisation.accepted", row.organisation, by=by, to=[(row.user_id, "asked")], note=row.answer)
    return row


def decline_request(request, *, by, answer="", now=None):
    """Do not take the asker in; the answer is read by them. Raises `WrongState` where the request is answered or withdrawn."""
    with transaction.atomic():
        row = _answer(request, Asked.DECLINED, by=by, answer=answer, now=now)
        audit("decline_request", row.organisation, by=by, note=row.answer, changes={"user": row.user_id})
        notify("organisation.declined", row.organisation, by=by, to=[(row.user_id, "asked")], note=row.answer)
    return row


def withdraw_request(request, *, by, now=None):
    """The asker thinks better of it. Raises `WrongState` where the request is answered or withdrawn."""
    with transaction.atomic():
        row = _answer(request, Asked.WITHDRAWN, by=by, now=now)
        audit("withdraw_request", row.organisation, by=by)
    return row


def _answer(request, state, *, by, answer="", now=None):
    organisation = locked(request.organisation)
    row = locked_row(request)
    row.organisation = organisation
    if row.state != Asked.WAITING:
        message = _("This request is answered already; it is now “%(state)s”.")
        raise WrongState(message % {"state": row.get_state_display()}, code="wrong_state")
    row.state, row.answer, row.answered_by, row.answered_at = state, answer, by, now or timezone.now()
    clean_row(row).save(update_fields=["state", "answer", "answered_by", "answered_at"])
    return row
