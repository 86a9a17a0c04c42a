"""A delivery as the administration shows it: no address of somebody without an account, no secret."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from notifications.enums import SECRET, DeliveryState, Hindrance
from notifications.kinds import kind_of
from notifications.models import Delivery

#: What a delivery's own codes mean; all other errors are the mail server's words.
ERRORS = {
    "deactivated": _("The account is closed."),
    "suspended": _("The member is suspended."),
    "unsubscribed": _("The member has stopped these mails."),
    "not_visible": _("The member may not see this any more."),
    "came_back": _("The mail came back."),
    **{str(why.value): why.label for why in Hindrance},
    "too_few": _("There were fewer news than the member wants for a mail: they are in the next one."),
    "cancelled": _("A moderator has cancelled the run."),
    "interrupted": _("The sender ended while the mail went out."),
}


@dataclass(frozen=True)
class DeliveryRow:
    delivery: Delivery

    @property
    def reader(self):
        """The member's name; of an address only its first letter and its domain."""
        if self.delivery.user:
            return self.delivery.user.name or self._masked(self.delivery.user.email)
        return self._masked(self.delivery.address) if self.delivery.address else pgettext("mail", "an address since erased")

    @staticmethod
    def _masked(address):
        name, _at, host = address.rpartition("@")
        return f"{name[:1]}…@{host}"

    @property
    def subject(self):
        """What it is about: the kind, or the template's name."""
        return (
            str(kind_of(self.delivery.entry.kind).label) if self.delivery.entry else self.delivery.template.replace("_", " ").capitalize()
        )

    @property
    def error(self):
        return str(ERRORS.get(self.delivery.error, self.delivery.error))

    @property
    def can_be_sent_again(self):
        erased = self.delivery.list in SECRET and not self.delivery.context
        return self.delivery.state == DeliveryState.FAILED and not erased
