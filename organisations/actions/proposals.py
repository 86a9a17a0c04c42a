"""A new organisation that a member proposes: its members work in it at once, everybody sees it when a moderator has verified it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from common.errors import WrongState
from common.text import clean_text, has_words
from members.models import User
from notifications.actions import notify
from organisations import telling
from organisations.actions.locking import locked
from organisations.actions.membership import add_member
from organisations.actions.organisation import create_organisation
from organisations.enums import Role
from organisations.lookalikes import folded_name, twins
from organisations.models import NOTE_LIMIT
from records.actions import audit

MOST_WAITING = 3  # proposals of one member that no moderator has looked at


def propose(*, by, name, type, **fields):
    """Make an organisation that waits for a moderator, with `by` as its owner. `fields` as in `create_organisation`, no domains.

    Raises `ValidationError` by field: for an organisation of this name in this country, and for too many that wait.
    """
    if not has_words(name):
        raise ValidationError({"name": _("A name needs letters or digits.")})
    with transaction.atomic():
        User.objects.select_for_update().get(pk=by.pk)  # two proposals of one member come one after the other
        waiting = [row.organisation for row in _waiting_proposals(by)]
        if again := [one for one in waiting if folded_name(one.name) == folded_name(name)]:
            return again[0]  # a second click
        if len(waiting) >= MOST_WAITING:
            raise ValidationError(
                _("Several organisations that you proposed still wait for a moderator. Propose more when they are verified.")
            )
        if same := twins(name, fields.get("country", "")):
            raise ValidationError({"name": _("“%(name)s” is here already. Ask to join it instead.") % {"name": same[0]}})
        organisation = create_organisation(by=by, name=name, type=type, **fields)
        add_member(organisation, by, by=by, role=Role.OWNER)
        notify("organisation.proposed", organisation, by=by, to=telling.all_moderators())
    return organisation


def _waiting_proposals(by):
    own = by.memberships.filter(role=Role.OWNER, organisation__verified_at=None, organisation__declined_at=None)
    return own.select_related("organisation").order_by("pk")


def decline_proposal(organisation, *, by, reason, now=None):
    """A moderator does not vouch for it; its members read why. Raises `WrongState` without a reason or when it is verified."""
    reason = clean_text(reason)[:NOTE_LIMIT]
    if not reason:
        raise WrongState(_("Say why it is declined: those who proposed it read this."), code="reason_missing")
    with transaction.atomic():
        row = locked(organisation)
        if row.verified_at or row.declined_at:
            raise WrongState(_("Only a proposal that waits can be declined."), code="wrong_state")
        row.declined_at, row.declined_reason = now or timezone.now(), reason
        row.save(update_fields=["declined_at", "declined_reason", "updated_at"])
        audit("decline", row, by=by, note=reason)
        notify("organisation.proposal_declined", row, by=by, to=telling.members(row), note=reason)
    return row


def propose_again(organisation, *, by):
    """An owner has mended a declined proposal. Raises `WrongState` where it was not declined."""
    with transaction.atomic():
        row = locked(organisation)
        if row.verified_at or not row.declined_at:
            raise WrongState(_("Only a declined proposal can be proposed again."), code="wrong_state")
        row.declined_at, row.declined_reason = None, ""
        row.save(update_fields=["declined_at", "declined_reason", "updated_at"])
        audit("propose_again", row, by=by)
        notify("organisation.proposed", row, by=by, to=telling.all_moderators())
    return row
