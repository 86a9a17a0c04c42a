"""From the ledger to the mail server, over a real connection; TC-02 small."""

import time
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notifications import composing, ledger, tasks
from notifications.actions import choose
from notifications.models import Delivery, OutboxEntry
from tests.factories import DeliveryFactory, ProjectFactory
from tests.support.servers import free_port

pytestmark = pytest.mark.django_db


def states():
    return {state: number for state, number in Delivery.objects.count_by_state().items() if number}


def error():
    return Delivery.objects.get().error


def test_one_connection_carries_a_chunk(planned, sink, noon):
    planned("a@example.org", "b@example.org", "c@example.org")
    tasks.send_chunk(noon)
    assert (states(), sorted(sink.receivers)) == ({"sent": 3}, ["a@example.org", "b@example.org", "c@example.org"])


def test_tc02_a_refusal_for_a_time_is_tried_again_under_the_same_name(planned, sink, noon):
    planned("later-a@example.org")
    tasks.send_chunk(noon)
    waiting = Delivery.objects.get()
    assert (waiting.state, waiting.error, sink.receivers) == ("pending", "451 4.7.1 Try again later", [])
    tasks.send_chunk(noon + timedelta(minutes=2))
    assert states() == {"sent": 1}
    assert [message["Message-ID"] for message in sink.messages] == [f"<{waiting.key}@localhost>"]


def test_tc02_a_refusal_for_good_is_a_failure(planned, sink, noon):
    planned("never-a@example.org")
    tasks.send_chunk(noon)
    tasks.send_chunk(noon + timedelta(days=9))
    assert (states(), error(), sink.tries) == ({"failed": 1}, "550 5.1.1 No such mailbox", ["never-a@example.org"])


def test_what_a_server_said_is_kept_without_the_address(planned, sink, noon):
    planned("named-a@example.org")
    tasks.send_chunk(noon)
    assert (states(), error()) == ({"failed": 1}, "550 5.1.1 <…>: Recipient address rejected")


@pytest.mark.parametrize("what", ["cut", "silent"])
def test_tc02_no_answer_after_the_text_is_unknown_and_never_sent_again(planned, sink, noon, what):
    planned(f"{what}-a@example.org", "b@example.org")
    tasks.send_chunk(noon)
    tasks.send_chunk(noon + timedelta(days=9))
    assert states() == {"sent": 1, "unknown": 1}
    assert Counter(sink.receivers) == {f"{what}-a@example.org": 1, "b@example.org": 1}


def test_tc02_silence_before_the_text_is_tried_again_and_blocks_nobody(planned, sink, noon):
    planned("hang-a@example.org", "b@example.org")
    began = time.monotonic()
    tasks.send_chunk(noon)
    assert time.monotonic() - began < 5
    assert (states(), sink.receivers) == ({"pending": 1, "sent": 1}, ["b@example.org"])


def test_a_server_going_down_is_asked_again_on_a_new_connection(planned, sink, noon):
    planned("down-a@example.org", "b@example.org")
    tasks.send_chunk(noon)
    assert (states(), sink.receivers) == ({"pending": 1, "sent": 1}, ["b@example.org"])


def test_a_server_that_is_away_costs_no_try(planned, settings, noon):
    settings.EMAIL_BACKEND = "common.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    planned("a@example.org", "b@example.org")
    tasks.send_chunk(noon)
    assert (states(), set(Delivery.objects.values_list("attempts", flat=True))) == ({"pending": 2}, {0})
    assert tasks.send_chunk(noon + timedelta(seconds=59)) == []


def test_tc02_everything_at_once_ends_and_the_sum_is_right(planned, sink, noon):
    planned(*(f"later-{n}@example.org" for n in range(6)), *(f"never-{n}@example.org" for n in range(3)), "cut-1@example.org",
            "silent-1@example.org", *(f"ok-{n}@example.org" for n in range(49)))  # fmt: skip
    for minute in range(6):
        tasks.send_chunk(noon + timedelta(minutes=3 * minute))
    assert states() == {"sent": 55, "failed": 3, "unknown": 2}
    assert max(Counter(sink.receivers).values()) == 1


def test_a_mail_that_cannot_be_built_stops_no_other(planned, sink, noon, caplog):
    planned("a@example.org", template="no_such_mail", entry=None)
    planned("b@example.org\nBcc: c@example.org")
    planned("d@example.org")
    tasks.send_chunk(noon)
    assert (states(), sink.receivers) == ({"failed": 2, "sent": 1}, ["d@example.org"])


def test_a_mail_that_breaks_on_its_way_stops_no_other(planned, sink, noon, caplog):
    planned(f"a@{'ø' * 70}.example", "b@example.org")
    tasks.send_chunk(noon)
    assert (states(), sink.receivers) == ({"failed": 1, "sent": 1}, ["b@example.org"])


def test_the_rest_of_a_chunk_goes_back_after_a_minute(planned, sink, noon, monkeypatch):
    planned("a@example.org", "b@example.org")
    monkeypatch.setattr(ledger, "CHUNK_SECONDS", -1)
    tasks.send_chunk(noon)
    assert (states(), sink.tries) == ({"pending": 2}, [])


def suspend(delivery, now):
    delivery.user.suspended_at = now
    delivery.user.save()


def close_account(delivery, now):
    delivery.user.is_active = False
    delivery.user.save()


def unsubscribe(delivery, now):
    choose(delivery.user, "project.returned", "mail", False)


def hide(delivery, now):
    ProjectFactory._meta.model.objects.filter(pk=delivery.entry.target_id).update(state="hidden")


def delete(delivery, now):
    ProjectFactory._meta.model.objects.filter(pk=delivery.entry.target_id).delete()


@pytest.mark.parametrize(
    ("happening", "why"),
    [
        (suspend, "suspended"),
        (close_account, "deactivated"),
        (unsubscribe, "unsubscribed"),
        (hide, "not_visible"),
        (delete, "not_visible"),
    ],
)
def test_what_changed_since_it_was_planned_suppresses_it(planned, sink, noon, happening, why):
    (delivery,) = planned("a@example.org")
    happening(delivery, noon)
    tasks.send_chunk(noon)
    assert (states(), error(), sink.tries) == ({"suppressed": 1}, why, [])


def test_mails_about_the_account_come_in_any_case(sink, noon, suspended):
    DeliveryFactory(user=suspended, list="account", entry=None, stop="", reason="", next_attempt_at=noon, context={"headline": "Hi"})
    tasks.send_chunk(noon)
    assert states() == {"sent": 1}


def test_a_chunk_asks_the_same_number_of_questions_and_commits_once_a_mail(planned, sink, noon):
    costs = []
    for number in (1, 31):
        planned(*(f"m{number}-{n}@example.org" for n in range(number)))
        with CaptureQueriesContext(connection) as seen:
            tasks.send_chunk(noon)
        costs.append(len(seen))
    assert (costs[1] - costs[0]) / 30 == 1  # it begins, and the one before it has gone
    assert costs[0] - 2 <= 10


def test_members_only_nouns_cost_one_question_more_however_many(planned, noon, organisation):
    costs = []
    for number in (1, 20):
        deliveries = planned(*(f"x{number}-{n}@example.org" for n in range(number)))
        for delivery in deliveries:
            ProjectFactory._meta.model.objects.filter(pk=delivery.entry.target_id).update(visibility="members")
        claimed = ledger.claim(noon)
        with CaptureQueriesContext(connection) as seen:
            assert composing.suppressed(claimed) == {}
        costs.append(len(seen))
    assert costs[0] == costs[1]


def test_the_readers_language_and_reason_stand_in_the_mail(planned, sink, noon):
    planned("a@example.org")
    Delivery.objects.get().user.__class__.objects.update(language="da")
    OutboxEntry.objects.update(note="Skriv et tal.\nTak.")
    tasks.send_chunk(noon)
    message = sink.messages[0]
    html, plain = message.get_body(("html",)).get_content(), message.get_body(("plain",)).get_content().replace("\r\n", "\n")
    assert ('<html lang="da">' in html, "> Skriv et tal.\n> Tak." in plain) == (True, True)
    assert f"http://localhost:8000/da{OutboxEntry.objects.get().url}" in plain
    assert "/da/notifications/stop/" in message["List-Unsubscribe"]


def test_a_server_that_wants_no_text_of_one_mail_takes_the_next(planned, sink, noon):
    planned("early-a@example.org", "b@example.org", "c@example.org")
    tasks.send_chunk(noon)
    assert (states(), sorted(sink.receivers)) == ({"failed": 1, "sent": 2}, ["b@example.org", "c@example.org"])


def test_a_server_that_will_not_be_greeted_costs_no_try(planned, sink, noon, monkeypatch):
    async def refuse(server, name):
        await server.push("550 5.7.1 We know no such host")

    monkeypatch.setattr("tests.support.smtp.SMTP.smtp_EHLO", refuse)
    monkeypatch.setattr("tests.support.smtp.SMTP.smtp_HELO", refuse)
    planned("a@example.org")
    tasks.send_chunk(noon)
    waiting = Delivery.objects.get()
    assert (waiting.state, waiting.attempts, waiting.error) == ("pending", 0, "550 5.7.1 We know no such host")
