"""My rights as verbs: ask for a copy, leave, come back; and the erasure, which a task carries out when the days are over."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from common.errors import WrongState
from common.queue import wake
from members.actions import end_sessions
from members.models import User
from members.moderators import moderators
from notifications.actions import notify, queue_mail
from organisations.enums import Role
from organisations.models import Membership, Organisation
from portal.models import Farewell, PersonalFile
from records.actions import audit
from workinggroups.actions import hand_on

COPY_DAYS = 7
FAREWELL_DAYS = 30
#: A copy that was asked for so long ago and is not there was lost with its worker; it may be asked for again.
LOST_AFTER = timedelta(hours=6)


def ask_for_copy(user, *, now=None):
    """Have a copy made of everything held on `user`; a former one is deleted. Raises `WrongState` while one is being made."""
    now = now or timezone.now()
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        former = PersonalFile.objects.filter(user=user).first()
        if former and not former.ready_at and former.asked_at > now - LOST_AFTER:
            raise WrongState(_("Your copy is being made already. You are told when it is ready."), code="wrong_state")
        if former:
            discard(former)
        copy = PersonalFile.objects.create(user=user, language=get_language(), asked_at=now)
        audit("ask_for_copy", user, by=user)
        wake("portal.make_copy", copy.pk)
    return copy


def discard(copy):
    """Delete a copy and, once that holds, its file."""
    name, storage = copy.file.name, copy.file.storage
    copy.delete()
    if name:
        transaction.on_commit(lambda: storage.delete(name))


def owned_alone(user):
    """Organisations that would have no owner who may act while others belong to them: they are handed over first."""
    others = Membership.objects.acting().exclude(user=user).values("organisation")
    return Organisation.objects.solely_owned_by(user).filter(pk__in=others).order_by("name")


def leave(user, *, now=None):
    """Close the account at once and have it erased after 30 days. Raises `WrongState` while an organisation has no other owner.

    The organisations are locked first: of two owners who leave in the same second, the second one is refused.
    """
    now = now or timezone.now()
    with transaction.atomic():
        owned = user.memberships.filter(role=Role.OWNER).values("organisation")
        list(Organisation.objects.select_for_update(of=("self",)).filter(pk__in=owned).order_by("pk"))
        locked = User.objects.select_for_update().get(pk=user.pk)
        if not locked.is_active:
            raise WrongState(_("This account is closed already."), code="wrong_state")
        if alone := list(owned_alone(locked)):
            names = ", ".join(organisation.name for organisation in alone)
            raise WrongState(
                _("Hand over first: you are the last owner of %(organisations)s.") % {"organisations": names}, code="last_owner"
            )
        _tell_moderators(list(Organisation.objects.solely_owned_by(locked)))
        farewell = Farewell.objects.create(user=locked, asked_at=now, due_at=now + timedelta(days=FAREWELL_DAYS))
        hand_on(locked)
        locked.is_active = False
        locked.save(update_fields=["is_active"])
        for copy in PersonalFile.objects.filter(user=locked):
            discard(copy)
        audit("leave", locked, by=locked)
        end_sessions(locked)
        _confirm(locked, farewell)
    user.is_active = False
    return farewell


def _tell_moderators(organisations):
    """Of organisations whose only member leaves: they stay, and nobody looks after them."""
    for organisation in organisations:
        notify("organisation.left", organisation, by=None, to=[(person, "moderator") for person in moderators()])


def _confirm(user, farewell):
    """The one mail after the farewell. It goes to the address, not to the member: nothing is sent to closed accounts."""
    language = user.language or get_language()
    with override(language):
        day = date_format(timezone.localtime(farewell.due_at), "DATE_FORMAT")
    queue_mail("account", "farewell", address=user.email, language=language, context={"name": user.name, "day": day},
               period=f"farewell-{farewell.pk}")  # fmt: skip


def come_back(user, *, now=None):
    """Within the 30 days: everything is as it was. Raises `WrongState` when the account is not about to be erased."""
    with transaction.atomic():
        locked = User.objects.select_for_update().get(pk=user.pk)
        farewell = Farewell.objects.select_for_update().filter(user=locked, due_at__gt=now or timezone.now()).first()
        if not farewell:
            raise WrongState(_("There is nothing to undo: this account is not about to be erased."), code="wrong_state")
        farewell.delete()
        locked.is_active = True
        locked.save(update_fields=["is_active"])
        audit("come_back", locked, by=locked)
    user.is_active = True
    return user
