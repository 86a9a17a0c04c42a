"""A cache that may go away: without Redis every question is a miss, and nothing else fails."""

import logging
import time

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError

log = logging.getLogger("portal.cache")
AWAY = (RedisConnectionError, RedisTimeoutError)
PAUSE = 10
SECONDS = 0.5  # to connect and to answer; a page asks the cache a few times


def warn(name, error):
    """Logs the outage, at most once in PAUSE seconds: a busy portal asks its cache a hundred times a second."""
    if time.monotonic() - warn.last > PAUSE:
        warn.last = time.monotonic()
        log.warning("Redis is away, %s answers as an empty cache: %s", name, error)


warn.last = -float("inf")


def forgiving(name, absent):
    """Returns the client's method `name`, answering `absent(arguments)` while Redis is away."""

    def method(self, *args, **kwargs):
        try:
            return getattr(RedisCacheClient, name)(self, *args, **kwargs)
        except AWAY as error:
            warn(name, error)
            return absent(*args, **kwargs)

    method.__name__ = name
    return method


class ForgivingRedisClient(RedisCacheClient):
    """Django's client of Redis with the answers of an empty cache while Redis is away.

    `add` says that it stored the value: who counts attempts or takes a lock with it goes on instead of refusing.
    """

    add = forgiving("add", lambda *args: True)
    get = forgiving("get", lambda key, default: default)
    set = forgiving("set", lambda *args: None)
    touch = forgiving("touch", lambda *args: False)
    delete = forgiving("delete", lambda *args: False)
    get_many = forgiving("get_many", lambda keys: {})
    has_key = forgiving("has_key", lambda key: False)
    set_many = forgiving("set_many", lambda *args: None)
    delete_many = forgiving("delete_many", lambda *args: None)
    clear = forgiving("clear", lambda: False)
    # Django's own incr raises ValueError for a missing key, and its callers expect that of an empty cache.
    incr = forgiving("incr", lambda key, delta: missing(key))


def missing(key):
    raise ValueError(f"Key '{key}' not found.")


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache with the forgiving client and short time limits."""

    def __init__(self, server, params):
        options = {"socket_connect_timeout": SECONDS, "socket_timeout": SECONDS, **params.get("OPTIONS", {})}
        super().__init__(server, {**params, "OPTIONS": options})
        self._class = ForgivingRedisClient
