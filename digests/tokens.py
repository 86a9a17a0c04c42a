"""The addresses in a digest that act without a sign-in: signed, bound to one member, valid as long as the portal's key."""

from functools import lru_cache

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import get_language

from common.mail import absolute

#: Stands for the key of a mail that is not in the ledger, and in addresses for what is put there.
NOTHING = "00000000-0000-4000-8000-000000000000"
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
    return address("digests:unsubscribe", stop_token(user_id))


def mute_url(user_id, noun):
    return address("digests:mute", mute_token(user_id, noun))


def address(name, value):
    """The whole address of a door with one word in it, in the language that is active; found once, for it stands in every mail."""
    before, after = _around(name, get_language(), settings.SITE_URL)
    return f"{before}{value}{after}"


@lru_cache(maxsize=100)
def _around(name, language, site):
    return absolute(reverse(name, args=[NOTHING])).split(NOTHING)
