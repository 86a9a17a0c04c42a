"""The states of a delivery: who may move it where, and what a lease that ended leads to."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from notifications import ledger
from notifications.actions import queue_mail
from notifications.enums import DeliveryState
from notifications.models import Delivery, Notification
from tests.factories import DeliveryFactory, NotificationFactory, UserFactory
from tests.support.threads import at_once

pytestmark = pytest.mark.django_db


def states():
    return {state: number for state, number in Delivery.objects.count_by_state().items() if number}


def test_one_mail_for_each_reader_list_and_period(stranger):
    DeliveryFactory(user=stranger, period="2026-W48")
    with pytest.raises(IntegrityError), transaction.atomic():
        DeliveryFactory(user=stranger, period="2026-W48")


def test_the_most_pressing_is_claimed_first(planned, noon):
    planned("a@example.org", "b@example.org")
    queue_mail("account", "notice", address="c@example.org", language="en", context={}, period="1", now=noon)
    assert [delivery.list for delivery in ledger.claim(noon, limit=2)] == ["account", "at_once"]
    assert states() == {"claimed": 2, "pending": 1}


def test_what_is_not_due_yet_waits(planned, noon):
    planned("a@example.org")
    assert ledger.claim(noon - timedelta(seconds=1)) == []


def test_a_lease_that_ended_before_sending_leads_back(planned, noon):
    planned("a@example.org")
    ledger.claim(noon)
    assert ledger.expire(noon + ledger.LEASE) == (0, 0)
    assert ledger.expire(noon + ledger.LEASE + timedelta(seconds=1)) == (1, 0)
    assert [delivery.address for delivery in ledger.claim(noon)] == [""]


def test_a_lease_that_ended_while_sending_leads_to_unknown(planned, noon):
    planned("a@example.org")
    (delivery,) = ledger.claim(noon)
    ledger.begin(delivery, now=noon)
    assert ledger.expire(noon + 2 * ledger.LEASE) == (0, 1)
    assert (states(), ledger.claim(noon + timedelta(days=9))) == ({"unknown": 1}, [])


def test_who_lost_the_claim_does_not_send(planned, noon):
    planned("a@example.org")
    (slow,) = ledger.claim(noon)
    ledger.expire(noon + 2 * ledger.LEASE)
    (quick,) = ledger.claim(noon)
    assert (ledger.begin(slow, now=noon), ledger.begin(quick, now=noon)) == (False, True)


def test_a_slow_mail_given_up_too_early_gets_its_true_end(planned, noon):
    planned("a@example.org")
    (delivery,) = ledger.claim(noon)
    ledger.begin(delivery, now=noon)
    ledger.expire(noon + 2 * ledger.LEASE)
    ledger.finish(delivery, DeliveryState.SENT, now=noon)
    assert states() == {"sent": 1}


def test_pauses_grow_and_end_in_failure(planned, noon):
    planned("a@example.org")
    now, pauses = noon, []
    while states() == {"pending": 1}:
        (delivery,) = ledger.claim(now)
        ledger.begin(delivery, now=now)
        ledger.retry(delivery, now=now, error="451 later")
        later = Delivery.objects.get().next_attempt_at
        pauses.append(later - now)
        now = later
    minutes = [pause / timedelta(minutes=1) for pause in pauses[:-1]]
    assert states() == {"failed": 1}
    assert all(0.8 * wanted <= pause <= 1.2 * wanted for wanted, pause in zip(ledger.BACK_OFF, minutes, strict=True))


def test_links_that_act_are_erased_with_the_mail(noon):
    queue_mail("account", "notice", address="a@example.org", language="en", context={"code": "123456"}, period="1", now=noon)
    (delivery,) = ledger.claim(noon)
    ledger.begin(delivery, now=noon)
    ledger.finish(delivery, DeliveryState.SENT, now=noon)
    assert Delivery.objects.get().context == {}


def test_a_failed_mail_keeps_its_links_for_a_week(noon):
    queue_mail("account", "notice", address="a@example.org", language="en", context={"code": "123456"}, period="1", now=noon)
    (delivery,) = ledger.claim(noon)
    ledger.finish(delivery, DeliveryState.FAILED, now=noon)
    ledger.prune(noon + timedelta(days=6))
    kept = Delivery.objects.get().context
    ledger.prune(noon + timedelta(days=8))
    assert (kept, Delivery.objects.get().context, Delivery.objects.get().address) == ({"code": "123456"}, {}, "")


def test_only_a_failed_mail_is_sent_again(planned, noon, moderator):
    (delivery,) = planned("a@example.org")
    assert ledger.send_again(delivery, by=moderator, now=noon) is False
    (delivery,) = ledger.claim(noon)
    ledger.finish(delivery, DeliveryState.FAILED, now=noon, error="550 no")
    assert ledger.send_again(delivery, by=moderator, now=noon) is True
    assert (states(), Delivery.objects.get().attempts) == ({"pending": 1}, 0)


def test_what_was_told_a_year_ago_is_forgotten(noon):
    notification = NotificationFactory(entry__at=noon - timedelta(days=366), entry__fanned_out_at=noon)
    recent = NotificationFactory(entry__at=noon - timedelta(days=364), entry__fanned_out_at=noon)
    ledger.prune(noon)
    assert set(Notification.objects.filter(pk__in=[notification.pk, recent.pk])) == {recent}


@pytest.mark.django_db(transaction=True)
def test_two_who_claim_at_once_get_different_mails(noon):
    for _one in range(40):
        DeliveryFactory(user=UserFactory(), planned_at=noon, next_attempt_at=noon)
    claimed = at_once(*[lambda: {delivery.pk for delivery in ledger.claim(noon, limit=15)}] * 2)
    assert ([len(one) for one in claimed], claimed[0] & claimed[1]) == ([15, 15], set())
    assert states() == {"claimed": 30, "pending": 10}
