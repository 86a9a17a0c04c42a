"""How doors answer what a verb says."""

from django.contrib import messages
from django.core.exceptions import ValidationError


def attempt(request, done, verb, *arguments, **named):
    """Carry out a verb for the person who asks; `done` or the verb's refusal is a message.

    Returns what the verb returns, True where that is nothing; None for a refusal.
    """
    try:
        found = verb(*arguments, by=request.user, **named)
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
        return None
    messages.success(request, done)
    return True if found is None else found
