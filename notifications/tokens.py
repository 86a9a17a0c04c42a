"""The addresses that stop a mail: signed, bound to one member and one kind, valid as long as the portal's key."""

from django.core import signing
from django.urls import reverse

from common.mail import absolute

_signer = signing.Signer(sep="~", salt="notifications.stop")


def stop_token(user_id, kind):
    """What stands in the address. Nobody can make one for somebody else or for another kind."""
    return _signer.sign_object([user_id, kind])


def read_stop_token(token):
    """(member, kind), or None for a token that is not ours."""
    try:
        user_id, kind = _signer.unsign_object(token)
    except (signing.BadSignature, ValueError):
        return None
    return user_id, kind


def stop_url(user_id, kind):
    """The whole address in the language that is active."""
    return absolute(reverse("notifications:stop", args=[stop_token(user_id, kind)]))
