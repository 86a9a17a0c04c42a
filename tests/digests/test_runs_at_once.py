"""Promise 11: two administrators press in the same second, on two connections; one makes the change, nobody gets an error."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from digests import running, watching
from digests.planning import plan
from notifications import ledger
from notifications.actions import send_again
from notifications.models import Delivery, Run, Switch
from records.models import AuditEntry
from tests.factories import SubscriptionFactory
from tests.support.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def verbs():
    return sorted(AuditEntry.objects.values_list("verb", flat=True))


def states():
    return {state: number for state, number in Delivery.objects.count_by_state().items() if number}


def test_cancelling_twice_at_once(make_run, moderator):
    run = make_run(*["pending"] * 5)
    answers = at_once(*[lambda: running.cancel(run, by=moderator)] * 3)
    assert (sorted(answers), verbs(), states()) == ([False, False, True], ["cancel_run"], {"suppressed": 5})


def test_sending_failed_mails_again_twice_at_once(make_run, moderator, monkeypatch):
    monkeypatch.setattr("digests.running.wake", lambda *_arguments: None)
    run = make_run(*["failed"] * 5)
    answers = at_once(*[lambda: running.send_failed_again(run, by=moderator)] * 3)
    assert (sorted(answers), verbs(), states()) == ([0, 0, 5], ["send_failed_again"], {"pending": 5})


def test_cancelling_against_sending_again(make_run, moderator, monkeypatch):
    monkeypatch.setattr("digests.running.wake", lambda *_arguments: None)
    run = make_run("pending", "failed", "failed")
    answers = at_once(lambda: running.cancel(run, by=moderator), lambda: running.send_failed_again(run, by=moderator))
    left = {(True, 0): {"suppressed": 1, "failed": 2}, (True, 2): {"suppressed": 3}}
    assert states() == left[tuple(answers)]


def test_cancelling_against_a_sender_that_claims(make_run, moderator):
    run, now = make_run(*["pending"] * 20), timezone.now()
    answers = at_once(lambda: running.cancel(run, by=moderator), lambda: len(ledger.claim(now, 10)))
    assert (answers[0], states().get("pending", 0), states()["suppressed"] + answers[1]) == (True, 0, 20)


def test_halting_against_cancelling(make_run, moderator):
    run = make_run("pending")
    halted, cancelled = at_once(lambda: running.halt(run, by=moderator), lambda: running.cancel(run, by=moderator))
    run = Run.objects.get()
    assert (cancelled, bool(run.cancelled_at), run.halted_at, len(verbs())) == (True, True, None, 1 + halted)


def test_the_switch_pressed_by_two(moderator):
    answers = at_once(*[lambda: running.switch_off(by=moderator)] * 3)
    assert (sorted(answers), Switch.objects.count()) == ([False, False, True], 1)
    answers = at_once(*[lambda: running.switch_on(by=moderator)] * 3)
    assert (sorted(answers), Switch.objects.count(), len(verbs())) == ([False, False, True], 0, 2)


def test_two_schedulers_give_one_alert(make_run, moderator, monkeypatch):
    monkeypatch.setattr("notifications.actions.wake", lambda *_arguments: None)
    run = make_run("failed", "sent", age=timedelta(hours=1))
    answers = at_once(*[watching.look] * 3)
    assert sorted(answers) == [[], [], [(run.pk, "failures")]]


@pytest.mark.parametrize("button", ["mail", "run"])
def test_promise_2_a_failed_digest_that_is_sent_again_while_the_next_is_planned(moderator, monkeypatch, button):
    for place in ("digests.running", "notifications.actions", "digests.planning"):
        monkeypatch.setattr(f"{place}.wake", lambda *_arguments: None)
    now = timezone.localtime()
    began = now - timedelta(days=2)
    row = SubscriptionFactory(user__time_zone="Europe/Copenhagen", frequency="daily", hour=now.hour, since=began, started_at=began)
    plan(now - timedelta(days=1))
    Delivery.objects.update(state="failed")
    failed, planner = Delivery.objects.get(user=row.user), threading.Thread(target=lambda: (plan(now), connection.close()))
    with transaction.atomic():
        again = {"mail": lambda: send_again(failed, by=moderator), "run": lambda: running.send_failed_again(failed.run, by=moderator)}
        assert again[button]()
        planner.start()
        planner.join(0.5)
    planner.join()
    assert states() == {"pending": 1}
