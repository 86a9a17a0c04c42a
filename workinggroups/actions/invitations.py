"""Inviting e-mail addresses to a group. Whether an address has an account makes no difference to what is written, sent and answered.

The token stands in the mail only; the row keeps its hash. Sending again makes a new token, and the older mail leads nowhere.
"""

import secrets
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from common.errors import WrongState
from common.mail import absolute
from common.rows import clean_row
from notifications.actions import notify, queue_mail
from organisations.actions import hash_of, holds_address
from organisations.enums import Asked
from records.actions import audit
from workinggroups import telling
from workinggroups.actions.admission import admit
from workinggroups.actions.locking import IN_USE, locked, locked_row
from workinggroups.enums import GroupRole
from workinggroups.models import GroupInvitation

VALID = timedelta(days=21)
MOST_TIMES_SENT = 3
BETWEEN = timedelta(hours=1)
MOST_A_DAY = 60  # mails of one group


def invite(group, email, *, by, role=GroupRole.MEMBER, note="", language="", now=None):
    """Invite an address with `role`. An address that waits already is sent the mail again, within the limits.

    Raises `ValidationError` for what is no address and `WrongState` for somebody who belongs to it or for too many mails.
    """
    now, email = now or timezone.now(), email.strip().lower()
    with transaction.atomic():
        row = locked(group, states=IN_USE)
        if row.memberships.filter(user__emailaddress__email__iexact=email, user__emailaddress__verified=True).exists():
            raise WrongState(_("%(email)s belongs to a member already.") % {"email": email}, code="is_member")
        waiting = row.invitations.filter(state=Asked.WAITING, email__iexact=email).first()
        fields = {"role": role, "note": note, "language": language}
        if waiting:
            waiting.group = row
            return _send_again(waiting, by=by, now=now, **fields)
        invitation = GroupInvitation(group=row, email=email, invited_by=by, **fields)
        clean_row(invitation, exclude=("token_hash", "sent_at", "expires_at"))
        _check_the_day(row, now)
        _send(invitation, by=by, now=now)
    return invitation


def resend(invitation, *, by, now=None):
    """Send the mail again with a new token and another three weeks. Raises `WrongState` within the hour and after the third time."""
    with transaction.atomic():
        row = _waiting(invitation, states=IN_USE)
        return _send_again(row, by=by, now=now or timezone.now())


def withdraw_invitation(invitation, *, by, now=None):
    """The address may not be used any more. Raises `WrongState` where it was answered."""
    with transaction.atomic():
        row = _answer(_waiting(invitation), Asked.WITHDRAWN, by=by, now=now)
        audit("withdraw_invitation", row.group, by=by, changes={"invitation": row.pk})
    return row


def accept_invitation(invitation, *, by, organisation=None, now=None):
    """`by`, whose confirmed address was invited, joins, or waits for a place. Returns the membership or the place.

    Raises `WrongState` where the invitation is answered, withdrawn, out of date or for another address.
    """
    now = now or timezone.now()
    with transaction.atomic():
        row = _answer(_taken_up(invitation, by, now, states=IN_USE), Asked.ACCEPTED, by=by, now=now)
        found = admit(row.group, by, by=by, role=row.role, organisation=organisation, now=now)
        audit("accept_invitation", row.group, by=by, changes={"role": row.role, "invited_by": row.invited_by_id})
        _tell_inviter("workinggroup.invitation_accepted", row, by)
    return found


def decline_invitation(invitation, *, by, now=None):
    """`by`, whose confirmed address was invited, does not join. Raises `WrongState` as `accept_invitation`."""
    now = now or timezone.now()
    with transaction.atomic():
        row = _answer(_taken_up(invitation, by, now), Asked.DECLINED, by=by, now=now)
        audit("decline_invitation", row.group, by=by, changes={"invitation": row.pk})
        _tell_inviter("workinggroup.invitation_declined", row, by)
    return row


def _send_again(row, *, by, now, **fields):
    if row.times_sent >= MOST_TIMES_SENT:
        message = ngettext("This invitation was sent %(times)d time; that is as often as it goes.",
                           "This invitation was sent %(times)d times; that is as often as it goes.", row.times_sent)  # fmt: skip
        raise WrongState(message % {"times": row.times_sent}, code="sent_too_often")
    if now - row.sent_at < BETWEEN:
        raise WrongState(_("This invitation went out within the last hour. Give it some time to arrive."), code="sent_just_now")
    _check_the_day(row.group, now)
    for name, value in fields.items():
        setattr(row, name, value)
    clean_row(row)
    _send(row, by=by, now=now, times=row.times_sent + 1)
    return row


def _check_the_day(group, now):
    if group.invitations.filter(sent_at__gt=now - timedelta(days=1)).count() >= MOST_A_DAY:
        message = _("This group has sent %(most)d invitations within a day. Send more tomorrow.")
        raise WrongState(message % {"most": MOST_A_DAY}, code="too_many")


def _send(row, *, by, now, times=1):
    token = secrets.token_urlsafe(32)
    row.token_hash, row.sent_at, row.expires_at, row.times_sent = hash_of(token), now, now + VALID, times
    row.save()
    audit("invite", row.group, by=by, changes={"invitation": row.pk, "role": str(row.role), "times": times})
    language = row.language or by.language or settings.LANGUAGE_CODE
    with override(language):
        text = row.group.text
        context = {
            "group": str(row.group), "purpose": text.purpose if text else "", "by": str(by), "note": row.note,
            "role": str(GroupRole(row.role).label), "days": VALID.days,
            "url": absolute(reverse("workinggroups:invitation", args=[token])),
        }  # fmt: skip
    queue_mail("invitation", "group_invitation", address=row.email, language=language, context=context,
               period=f"group {row.pk}.{times}", reason="invited", now=now)  # fmt: skip
    if times == 1:
        _tell_the_invited(row, by)


def _tell_the_invited(row, by):
    """Whoever has confirmed the address finds the invitation in the portal, too; the mail goes out either way."""
    people = EmailAddress.objects.filter(email__iexact=row.email, verified=True).values_list("user_id", flat=True)
    notify("workinggroup.invited", row, by=by, to=[(pk, "invited") for pk in people], context={"title": str(row.group)},
           note=row.note, url=telling.path_to("workinggroups:mine"))  # fmt: skip


def _waiting(invitation, *, states=()):
    group = locked(invitation.group, states=states)
    row = locked_row(invitation)
    row.group = group
    if row.state != Asked.WAITING:
        message = _("This invitation is answered already; it is now “%(state)s”.")
        raise WrongState(message % {"state": row.get_state_display()}, code="wrong_state")
    return row


def _taken_up(invitation, by, now, *, states=()):
    row = _waiting(invitation, states=states)
    if not holds_address(by, row.email):
        raise WrongState(_("This invitation is for an address that is not one of your confirmed ones."), code="other_address")
    if row.expires_at <= now:
        raise WrongState(_("This invitation is out of date. Ask to be invited again."), code="expired")
    return row


def _answer(row, state, *, by, now=None):
    row.state, row.answered_by, row.answered_at = state, by, now or timezone.now()
    row.save(update_fields=["state", "answered_by", "answered_at"])
    return row


def _tell_inviter(kind, row, by):
    if row.invited_by_id:
        url = telling.path_to("workinggroups:members", row.group.slug)
        notify(kind, row.group, by=by, to=[(row.invited_by_id, "chair")], url=url)
