"""What verbs raise when the world is not as they need it."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class WrongState(ValidationError):
    """The noun is not in a state from which the verb leads on; the message says where it stands."""


STALE = "changed_meanwhile"


def changed_meanwhile():
    """The refusal of a save that began from something older than what stands there now."""
    return WrongState(_("Somebody else has changed this meanwhile. Nothing of yours is saved yet."), code=STALE)
