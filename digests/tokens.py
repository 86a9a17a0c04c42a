"""The addresses in a digest that act without a sign-in: signed, bound to one member, valid as long as the portal's key."""

from django.core import signing
from django.urls import reverse

from common.mail import absolute

_stop = signing.Signer(sep="~", salt="digests.stop")
_mute = signing.Signer(sep="~", salt="digests.mute")


def stop_token(user_id):
    return _stop.sign_object([user_id, "digest"])


def read_stop_token(token):
    """The member's key, or None for a token that is not ours."""
    found = _read(_stop, token, 2)
    return found[0] if found and found[1] == "digest" else None


def mute_token(user_id, noun):
    return _mute.sign_object([user_id, *noun])


def read_mute_token(token):
    """(member, (content type, primary key)) of what is to be kept out of the digest, or None for a token that is not ours."""
    found = _read(_mute, token, 3)
    return (found[0], (found[1], found[2])) if found else None


def _read(signer, token, length):
    try:
        found = signer.unsign_object(token)
    except (signing.BadSignature, ValueError, UnicodeError):
        return None
    return found if isinstance(found, list) and len(found) == length and all(isinstance(one, int | str) for one in found) else None


def stop_url(user_id):
    return absolute(reverse("digests:unsubscribe", args=[stop_token(user_id)]))


def mute_url(user_id, noun):
    return absolute(reverse("digests:mute", args=[mute_token(user_id, noun)]))
