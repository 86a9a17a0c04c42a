"""How often one may: for doors that anybody can use. Counted in the cache; without one, everybody may."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.utils.crypto import salted_hmac


def allowed(action, key, *, most, seconds):
    """Count one `action` of `key` (an address, a member) and say whether it is among the `most` of these `seconds`.

    The key is kept as a keyed hash only. A burst is over when the time is, whatever was tried meanwhile.
    """
    name = f"throttle:{action}:{salted_hmac('common.throttle', str(key)).hexdigest()}"
    cache.add(name, 0, seconds)
    try:
        return cache.incr(name) <= most
    except ValueError:  # it ran out in between, or the cache is away
        return True


def asking_address(request):
    """The network address of who asks, behind as many proxies as the settings trust."""
    return get_adapter().get_client_ip(request)
