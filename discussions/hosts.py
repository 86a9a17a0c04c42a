"""The nouns on which people talk, as their apps register them: who writes, who leads, where it stands."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse


@dataclass(frozen=True)
class Host:
    """A noun with discussions. Who reads them is asked of its `visible_to`; its pages are found by its slug.

    `noun` is its word in the URLconf: its addresses include `discussions.urls` with `{"noun": noun}`, under `namespace`.
    """

    noun: str
    model: type
    namespace: str
    write: str  # the permission to begin discussions and to write in them
    moderate: str  # the permission to pin, close, take away
    found: Callable  # (user) → the queryset that the noun's own doors begin with
    lock: Callable  # (target) → its row, held until the transaction ends; raises `WrongState` where nobody writes any more
    is_open: Callable  # (target) → whether `lock` would let one write
    people: Callable  # (target) → the members who belong to it: who is mentioned
    news: Callable  # (target) → {key of a member: how he or she hears of it}: "at_once", "digest" or "mute"
    notes: Callable  # (target, keys of members) → {key: what stands beside the name}
    page: Callable  # (target, user, numbers) → what the frame's template shows as `page`; `numbers`: whether its tabs are counted
    frame: str  # the template that stands around
    touch: Callable = lambda target, now=None: None  # something happened in it

    def list_url(self, target):
        return reverse(f"{self.namespace}:list", args=[target.slug])

    def url_of(self, name, target, *keys):
        return reverse(f"{self.namespace}:{name}", args=[target.slug, *keys])

    def thread_url(self, thread):
        return self.url_of("topic", thread.target, thread.pk)

    def post_url(self, post):
        return self.url_of("post", post.thread.target, post.thread_id, post.number)


_hosts = {}


def register_host(host):
    """Apps register their hosts in a module `discussion_hosts`."""
    _hosts[host.noun] = host


def host_named(noun):
    """The host with this word in the URLconf; None when there is none."""
    return _hosts.get(noun)


def hosts():
    """All that are registered."""
    return list(_hosts.values())


def host_of(target):
    """The host of a noun; None for one without discussions, such as a noun that has messages only."""
    return next((host for host in _hosts.values() if isinstance(target, host.model)), None)
