"""TC-02 for the digest: each fault of a mail server by its number, and what becomes of the mail; then faults of our own data."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from digests import rendering
from digests.counting import counts_of
from digests.planning import plan
from digests.sections import BY_KEY
from notifications import ledger, tasks
from notifications.actions import follow
from notifications.models import Delivery, MailEvent, Run
from taxonomy.models import Theme
from tests.factories import ProjectFactory, SubscriptionFactory
from tests.support import smtp
from tests.support.certificates import self_signed
from tests.support.servers import free_port

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 6, 4, tzinfo=UTC)


@pytest.fixture
def energy():
    theme = Theme.objects.get(slug="energy")
    for title in ("Lamps", "Heat"):
        ProjectFactory(published_at=MONDAY - timedelta(days=2), text__title=title).themes.add(theme)
    return theme


@pytest.fixture
def subscribed(energy):
    """Returns a function that makes readers with these addresses, who follow energy, and plans their digests."""

    def plan_for(*addresses):
        for address in addresses:
            follow(SubscriptionFactory(user__email=address, user__language="en", started_at=MONDAY - timedelta(days=7)).user, energy)
        return plan(MONDAY)

    return plan_for


@pytest.fixture
def server(settings):
    """Points the portal at a mail server of this test."""

    def use(port, **more):
        settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = "common.smtp.EmailBackend", "localhost", port
        settings.EMAIL_TIMEOUT = 1
        for name, value in more.items():
            setattr(settings, name, value)

    return use


@pytest.fixture
def sink(server):
    with smtp.sink() as running:
        server(running.port)
        yield running


def told():
    """{first word of the address: (state, tries, error)} of every digest."""
    rows = Delivery.objects.filter(list="digest").values_list("user__email", "state", "attempts", "error")
    return {address.partition("-")[0]: tuple(rest) for address, *rest in rows}


def later(**more):
    return MONDAY + timedelta(**more)


def test_tc02_every_answer_of_a_mail_server_by_its_number(subscribed, sink):
    words = ("later", "grey", "full", "slow", "lost", "hang", "down", "never", "policy", "content", "cut", "silent", "ok")
    run = subscribed(*(f"{word}-reader@example.org" for word in words))
    tasks.send_chunk(MONDAY)
    assert told() == {
        "later": ("pending", 1, "451 4.7.1 Try again later"),
        "grey": ("pending", 1, "450 4.2.0 Greylisted"),
        "full": ("pending", 1, "452 4.2.2 Over quota"),
        "slow": ("pending", 1, "421 4.7.0 Too many mails"),
        "down": ("pending", 1, "421 4.3.2 Going down"),
        "lost": ("pending", 1, "SMTPServerDisconnected: Connection unexpectedly closed"),
        "hang": ("pending", 1, "SMTPServerDisconnected: Connection unexpectedly closed: timed out"),
        "never": ("failed", 1, "550 5.1.1 No such mailbox"),
        "policy": ("failed", 1, "550 5.7.1 Relaying denied"),
        "content": ("failed", 1, "554 5.6.0 This text is not taken"),
        "cut": ("unknown", 1, "SMTPServerDisconnected: Connection unexpectedly closed"),
        "silent": ("unknown", 1, "SMTPServerDisconnected: Connection unexpectedly closed: timed out"),
        "ok": ("sent", 1, ""),
    }
    pauses = {(row.next_attempt_at - MONDAY) / timedelta(minutes=ledger.BACK_OFF[0]) for row in Delivery.objects.filter(state="pending")}
    assert (len(pauses), all(0.8 <= pause <= 1.3 for pause in pauses)) == (7, True)  # each at another moment
    assert set(MailEvent.objects.values_list("delivery__user__email", "word")) == {
        ("never-reader@example.org", "hard"), ("policy-reader@example.org", "soft"),
    }  # fmt: skip
    tasks.send_chunk(later(minutes=2))
    assert {word: told()[word][:2] for word in words[:7]} == dict.fromkeys(words[:5], ("sent", 2)) | dict.fromkeys(
        words[5:7], ("pending", 2)
    )
    for hours in range(1, 240, 24):
        tasks.send_chunk(later(hours=hours))
    assert counts_of(Run.objects.all()) == {run.pk: {"sent": 6, "failed": 5, "unknown": 2}}  # those that never answer are given up
    assert set(Counter(sink.receivers).values()) == {1}
    assert len({message["Message-ID"] for message in sink.messages}) == len(sink.messages)


@pytest.mark.parametrize("what", ["refused", "no STARTTLS", "no TLS at all", "a certificate nobody signed", "a password it does not know"])
def test_tc02_a_server_that_cannot_be_talked_to_costs_no_try_and_loses_nothing(subscribed, server, what, tmp_path):
    more = {"no STARTTLS": {"EMAIL_USE_TLS": True}, "no TLS at all": {"EMAIL_USE_SSL": True},
            "a certificate nobody signed": {"EMAIL_USE_SSL": True},
            "a password it does not know": {"EMAIL_HOST_USER": "a", "EMAIL_HOST_PASSWORD": "b"}}.get(what, {})  # fmt: skip
    run = subscribed("a@example.org", "b@example.org")
    with smtp.sink(context=self_signed(tmp_path) if "certificate" in what else None) as running:
        server(free_port() if what == "refused" else running.port, **more)
        tasks.send_chunk(MONDAY)
        assert running.accepted == []
    waiting = list(Delivery.objects.exclude(error="").values_list("run", "state", "attempts"))
    assert waiting == [(run.pk, "pending", 0)] * 2
    with smtp.sink() as running:
        server(running.port, EMAIL_USE_TLS=False, EMAIL_USE_SSL=False, EMAIL_HOST_USER="", EMAIL_HOST_PASSWORD="")
        tasks.send_chunk(later(minutes=2))
        assert sorted(running.receivers) == ["a@example.org", "b@example.org"]


def test_promise_5_one_poisoned_item_stops_neither_its_mail_nor_another(subscribed, sink, monkeypatch, caplog):
    drawn = rendering.drawn

    def breaking(title, *rest):
        if title == "Heat":
            raise ValueError("poison")
        return drawn(title, *rest)

    monkeypatch.setattr(rendering, "drawn", breaking)
    rendering.body.cache_clear()
    subscribed("a@example.org", "b@example.org")
    tasks.send_chunk(MONDAY)
    texts = [message.get_body(("plain",)).get_content() for message in sink.messages]
    assert [("Lamps" in text, "Heat" in text) for text in texts] == [(True, False)] * 2
    assert "poison" in caplog.text


def test_promise_5_one_poisoned_section_stops_no_mail(subscribed, sink, monkeypatch, caplog):
    def breaking(chunk, cached):
        raise KeyError("poison")

    monkeypatch.setattr(BY_KEY["events"], "for_readers", breaking)
    subscribed("a@example.org", "b@example.org")
    tasks.send_chunk(MONDAY)
    assert (sorted(sink.receivers), "poison" in caplog.text) == (["a@example.org", "b@example.org"], True)
