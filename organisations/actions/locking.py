"""Every verb about an organisation's members waits for its row, so that two at once come one after the other."""

from django.utils.translation import gettext as _

from common.errors import WrongState
from organisations.enums import Role
from organisations.models import Organisation


def locked(organisation):
    """The organisation's row, held until the transaction ends. Raises `WrongState` where it was merged away meanwhile."""
    row = Organisation.objects.select_for_update(of=("self",)).filter(pk=organisation.pk).first()
    if row is None:
        raise WrongState(_("This organisation was merged into another one meanwhile."), code="gone")
    return row


def locked_row(row):
    """A row of what was asked or invited, held until the transaction ends; lock its organisation first."""
    found = type(row)._default_manager.select_for_update(of=("self",)).filter(pk=row.pk).first()
    if found is None:
        raise WrongState(_("This is not here any more."), code="gone")
    return found


def keep_an_owner(membership):
    """Raise `WrongState` when nobody who may act would be left as owner without this membership. Call with the organisation locked."""
    if membership.role != Role.OWNER:
        return
    others = membership.organisation.memberships.acting_owners().exclude(pk=membership.pk)
    if not others.exists():
        message = _("%(name)s is the last owner. Make somebody else an owner first: an organisation is never without one.")
        raise WrongState(message % {"name": membership.user}, code="last_owner")


def forget_roles(user):
    """A member's roles are read anew: they are remembered for the length of a request."""
    user.__dict__.pop("organisation_roles", None)
