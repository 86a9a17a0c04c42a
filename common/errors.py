"""What verbs raise when the world is not as they need it."""

from django.core.exceptions import ValidationError


class WrongState(ValidationError):
    """The noun is not in a state from which the verb leads on; the message says where it stands."""
