"""Promise 4: what a sender that ends leaves behind, what is committed when, and the setting that sends unknown mails again."""

import time
from datetime import timedelta

import pytest
from django.db import connection

from notifications import ledger, sending, tasks
from notifications.models import Delivery
from tests.factories import DeliveryFactory, UserFactory
from tests.support.threads import at_once

pytestmark = pytest.mark.django_db


def states():
    return {str(state): number for state, number in Delivery.objects.count_by_state().items() if number}


@pytest.fixture
def again(settings):
    settings.MAIL_RESEND_UNKNOWN = True


def test_promise_4_with_the_setting_an_unknown_mail_goes_again_under_the_same_name(planned, sink, noon, again):
    planned("cut-a@example.org")
    tasks.send_chunk(noon)
    assert (states(), len(sink.receivers)) == ({"pending": 1}, 1)
    tasks.send_chunk(noon + timedelta(minutes=2))
    assert ({message["Message-ID"] for message in sink.messages}, len(sink.receivers)) == ({f"<{Delivery.objects.get().key}@localhost>"}, 2)


def test_promise_4_with_the_setting_a_lease_that_ended_while_sending_leads_back(planned, noon, again):
    planned("a@example.org")
    (delivery,) = ledger.claim(noon)
    ledger.begin(delivery, now=noon)
    assert (ledger.expire(noon + 2 * ledger.LEASE), states()) == ((1, 0), {"pending": 1})
    (taken,) = ledger.claim(noon + 2 * ledger.LEASE)
    assert (taken.pk, taken.key, taken.attempts) == (delivery.pk, delivery.key, 1)


def test_promise_4_a_mail_that_stays_unknown_ends_as_unknown(planned, sink, noon, again):
    planned("cut-a@example.org")
    for hours in range(0, 240, 24):
        tasks.send_chunk(noon + timedelta(hours=hours))
    assert (states(), len(sink.receivers)) == ({"unknown": 1}, len(ledger.BACK_OFF) + 1)


def test_promise_4_a_slow_sender_s_true_end_counts_also_while_it_waits_again(planned, noon, again):
    planned("a@example.org")
    (delivery,) = ledger.claim(noon)
    ledger.begin(delivery, now=noon)
    ledger.expire(noon + 2 * ledger.LEASE)
    ledger.finish(delivery, "sent", now=noon)
    assert (states(), ledger.claim(noon + timedelta(days=1))) == ({"sent": 1}, [])


def test_promise_4_what_is_committed_is_on_the_disk_before_the_mail_server_hears_of_it(planned, noon, monkeypatch):
    """Asked on the sender's own connection at the moment of sending; the server's own default may be another (here it is off)."""
    planned("a@example.org")
    seen = []

    class Asking:
        def send_messages(self, messages):
            with connection.cursor() as cursor:
                cursor.execute("SELECT current_setting('synchronous_commit'), state FROM notifications_delivery")
                seen.append(cursor.fetchone())

        def close(self):
            pass

    monkeypatch.setattr(sending, "connect", Asking)
    tasks.send_chunk(noon)
    assert (seen, states()) == ([("on", "sending")], {"sent": 1})


def committed():
    """Transactions committed in this database: those of a connection are counted a moment after it is closed."""
    connection.close()
    time.sleep(1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()")
        number = cursor.fetchone()[0]
    connection.close()
    return number


@pytest.mark.django_db(transaction=True)
def test_promise_4_at_most_two_commits_a_mail_as_the_database_counts_them(sink, noon):
    costs = []
    for number in (1, 41):
        for _one in range(number):
            DeliveryFactory(user=UserFactory(), planned_at=noon, next_attempt_at=noon)
        before = committed()
        at_once(lambda: tasks.send_chunk(noon))
        costs.append(committed() - before)
    assert states() == {"sent": 42}
    assert 0.8 <= (costs[1] - costs[0]) / 40 <= 2.2
