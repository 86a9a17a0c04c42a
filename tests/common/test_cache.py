import pytest

from common.cache import ForgivingRedisCache, warn
from tests.support.servers import free_port


@pytest.fixture
def away():
    """A cache whose Redis does not answer."""
    return ForgivingRedisCache(f"redis://127.0.0.1:{free_port()}/0", {})


def test_without_redis_every_question_is_a_miss(away):
    assert away.get("a") is None
    assert away.get("a", "default") == "default"
    assert away.get_many(["a", "b"]) == {}
    assert away.has_key("a") is False


def test_without_redis_writing_is_lost_in_silence(away):
    assert away.set("a", 1) is None
    assert away.set_many({"a": 1}) == []
    assert away.delete("a") is False
    assert away.touch("a") is False
    assert away.clear() is False


def test_without_redis_nobody_is_locked_out_by_add(away):
    assert away.add("a", 1) is True


def test_without_redis_counting_says_that_the_key_is_missing(away):
    with pytest.raises(ValueError, match="not found"):
        away.incr("a")


def test_get_or_set_returns_the_value(away):
    assert away.get_or_set("a", lambda: 7) == 7


def test_the_outage_is_logged_once_in_a_while(away, caplog, monkeypatch):
    monkeypatch.setattr(warn, "last", -float("inf"))
    away.get("a")
    away.get("a")
    assert caplog.text.count("Redis is away") == 1


@pytest.mark.process
def test_with_redis_it_is_an_ordinary_cache(redis_server):
    cache = ForgivingRedisCache(redis_server, {})
    cache.set("a", {"b": "Køge"})
    assert cache.get("a") == {"b": "Køge"}
    assert cache.add("a", 1) is False
    assert cache.incr("n", 2) == 2 if cache.add("n", 0) else False
