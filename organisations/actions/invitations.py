"""Inviting e-mail addresses. Whether an address has an account makes no difference to what is written, sent and answered.

The token stands in the mail only; the row keeps its hash. Sending again makes a new token, and the older mail leads nowhere.
"""

import hashlib
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
from organisations import telling
from organisations.actions.locking import locked, locked_row
from organisations.actions.membership import add_member
from organisations.enums import RANK, Asked, Role
from organisations.models import Invitation
from records.actions import audit

VALID = timedelta(days=14)
MOST_TIMES_SENT = 3
BETWEEN = timedelta(hours=1)
MOST_A_DAY = 50  # mails of one organisation


def hash_of(token):
    """What the row keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def invite(organisation, email, *, by, role=Role.MEMBER, language="", now=None):
    """Invite an address to join with `role`. An address that waits already is sent the mail again, within the limits.

    Raises `ValidationError` for what is no address and `WrongState` for somebody who belongs to it or for too many mails.
    """
    now, email = now or timezone.now(), email.strip().lower()
    invitation = Invitation(email=email, role=role, language=language, invited_by=by)
    clean_row(invitation, exclude=("organisation", "token_hash", "sent_at", "expires_at"))
    with transaction.atomic():
        row = locked(organisation)
        if row.memberships.filter(user__emailaddress__email__iexact=email, user__emailaddress__verified=True).exists():
            raise WrongState(_("%(email)s belongs to a member already.") % {"email": email}, code="is_member")
        waiting = row.invitations.filter(state=Asked.WAITING, email__iexact=email).first()
        if waiting:
            return _send_again(waiting, by=by, role=role, language=language, now=now)
        invitation.organisation = row
        _check_the_day(row, now)
        _send(invitation, by=by, now=now)
    return invitation


def resend(invitation, *, by, now=None):
    """Send the mail again with a new token and another 14 days. Raises `WrongState` within the hour and after the third time."""
    now = now or timezone.now()
    with transaction.atomic():
        row = _waiting(invitation)
        return _send_again(row, by=by, role=row.role, language=row.language, now=now)


def withdraw_invitation(invitation, *, by, now=None):
    """The address may not be used any more. Raises `WrongState` where it was answered."""
    with transaction.atomic():
        row = _answer(_waiting(invitation), Asked.WITHDRAWN, by=by, now=now)
        audit("withdraw_invitation", row.organisation, by=by, changes={"invitation": row.pk})
    return row


def accept_invitation(invitation, *, by, now=None):
    """`by`, whose confirmed address was invited, joins. Whoever belongs already keeps the higher role.

    Raises `WrongState` where the invitation is answered, withdrawn, out of date or for another address.
    """
    now = now or timezone.now()
    with transaction.atomic():
        row = _answer(_taken_up(invitation, by, now), Asked.ACCEPTED, by=by, now=now)
        membership = row.organisation.memberships.filter(user=by).first()
        if membership is None or RANK[row.role] > RANK[membership.role]:
            add_member(row.organisation, by, by=by, role=row.role)
        row.organisation.join_requests.waiting().filter(user=by).update(state=Asked.WITHDRAWN)
        audit("accept_invitation", row.organisation, by=by, changes={"role": row.role, "invited_by": row.invited_by_id})
        _tell_inviter("organisation.invitation_accepted", row, by)
    return row


def decline_invitation(invitation, *, by, now=None):
    """`by`, whose confirmed address was invited, does not join. Raises `WrongState` as `accept_invitation`."""
    now = now or timezone.now()
    with transaction.atomic():
        row = _answer(_taken_up(invitation, by, now), Asked.DECLINED, by=by, now=now)
        audit("decline_invitation", row.organisation, by=by, changes={"invitation": row.pk})
        _tell_inviter("organisation.invitation_declined", row, by)
    return row


def holds_address(user, email):
    """Whether the member has confirmed this address."""
    return EmailAddress.objects.filter(user=user, verified=True, email__iexact=email).exists()


def _send_again(row, *, by, role, language, now):
    if row.times_sent >= MOST_TIMES_SENT:
        message = ngettext("This invitation was sent %(times)d time; that is as often as it goes.",
                           "This invitation was sent %(times)d times; that is as often as it goes.", row.times_sent)  # fmt: skip
        raise WrongState(message % {"times": row.times_sent}, code="sent_too_often")
    if now - row.sent_at < BETWEEN:
        raise WrongState(_("This invitation went out within the last hour. Give it some time to arrive."), code="sent_just_now")
    _check_the_day(row.organisation, now)
    row.role, row.language = role, language
    _send(row, by=by, now=now, times=row.times_sent + 1)
    return row


def _check_the_day(organisation, now):
    if organisation.invitations.filter(sent_at__gt=now - timedelta(days=1)).count() >= MOST_A_DAY:
        raise WrongState(_("Your organisation has sent %(most)d invitations within a day. Send more tomorrow.") % {"most": MOST_A_DAY},
                         code="too_many")  # fmt: skip


def _send(row, *, by, now, times=1):
    token = secrets.token_urlsafe(32)
    row.token_hash, row.sent_at, row.expires_at, row.times_sent = hash_of(token), now, now + VALID, times
    row.save()
    audit("invite", row.organisation, by=by, changes={"invitation": row.pk, "role": str(row.role), "times": times})
    language = row.language or by.language or settings.LANGUAGE_CODE
    with override(language):
        context = {
            "organisation": row.organisation.name, "by": str(by), "role": str(Role(row.role).label), "days": VALID.days,
            "url": absolute(reverse("organisations:invitation", args=[token])),
        }  # fmt: skip
    queue_mail("invitation", "organisation_invitation", address=row.email, language=language, context=context,
               period=f"organisation {row.pk}.{times}", reason="invited", now=now)  # fmt: skip
    if times == 1:
        _tell_the_invited(row, by)


def _tell_the_invited(row, by):
    """Whoever has confirmed the address finds the invitation in the portal, too; the mail goes out either way."""
    people = EmailAddress.objects.filter(email__iexact=row.email, verified=True).values_list("user_id", flat=True)
    notify("organisation.invited", row.organisation, by=by, to=[(pk, "invited") for pk in people],
           url=telling.path_to("organisations:join"))  # fmt: skip


def _waiting(invitation):
    organisation = locked(invitation.organisation)
    row = locked_row(invitation)
    row.organisation = organisation
    if row.state != Asked.WAITING:
        message = _("This invitation is answered already; it is now “%(state)s”.")
        raise WrongState(message % {"state": row.get_state_display()}, code="wrong_state")
    return row


def _taken_up(invitation, by, now):
    row = _waiting(invitation)
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
        url = telling.path_to("organisations:members", row.organisation.slug)
        notify(kind, row.organisation, by=by, to=[(row.invited_by_id, "owner")], url=url)
