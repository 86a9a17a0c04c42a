"""Runs in the administration: what each planned, and its buttons."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from digests import running, watching
from notifications import ledger
from notifications.models import Delivery, Run, Switch
from records.models import AuditEntry
from tests.factories import DeliveryFactory

pytestmark = pytest.mark.django_db
LIST = "/cms/digests/"


@pytest.fixture
def moderating(client, moderator):
    moderator.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(moderator)
    return moderator


@pytest.fixture
def make_run():
    """Returns a function that makes a run with deliveries in these states."""

    def made(*states, age=timedelta(minutes=5)):
        at = timezone.now() - age
        run = Run.objects.create(list="digest", slot=at, planned=len(states), planned_at=at)
        for state in states:
            DeliveryFactory(run=run, list="digest", entry=None, state=state, since=at - timedelta(days=7), until=at, period=str(run.pk))
        return run

    return made


def states(run):
    return {state: number for state, number in Delivery.objects.filter(run=run).count_by_state().items() if number}


def test_progress_is_counted_from_the_ledger(client, moderating, make_run):
    make_run("sent", "sent", "pending", "failed", "unknown", "empty")
    (row,) = client.get(LIST).context["rows"]
    assert (row.planned, row.done, row.stands) == (6, 5, "Under way")


def test_the_list_costs_the_same_with_one_and_thirty(moderating, make_run, same_queries):
    assert same_queries(LIST, lambda: make_run("sent", "pending", age=timedelta(days=Run.objects.count()))) <= 20


def test_a_halted_run_waits_and_goes_on(moderating, make_run):
    run, now = make_run("pending", "pending"), timezone.now()
    assert (running.halt(run, by=moderating), running.halt(run, by=moderating), len(ledger.claim(now))) == (True, False, 0)
    assert (running.go_on(run, by=moderating), len(ledger.claim(now))) == (True, 2)


def test_a_cancelled_run_sends_nothing_more(moderating, make_run):
    run = make_run("sent", "pending", "pending")
    assert (running.cancel(run, by=moderating), running.cancel(run, by=moderating)) == (True, False)
    assert states(run) == {"sent": 1, "suppressed": 2}
    assert list(AuditEntry.objects.values_list("verb", flat=True)) == ["cancel_run"]


def test_failed_mails_are_sent_again_but_not_behind_a_later_digest(moderating, make_run):
    run = make_run("failed", "failed", "sent", age=timedelta(days=7))
    overtaken = Delivery.objects.filter(run=run, state="failed").first()
    later = make_run("sent")
    Delivery.objects.filter(run=later).update(user=overtaken.user)
    assert (running.send_failed_again(run, by=moderating), states(run)) == (1, {"pending": 1, "failed": 1, "sent": 1})


def test_the_switch_stops_what_waits_already(moderating, make_run):
    make_run("pending")
    assert (running.switch_off(by=moderating), ledger.claim(timezone.now())) == (True, [])
    assert (running.switch_on(by=moderating), len(ledger.claim(timezone.now())), Switch.objects.count()) == (True, 1, 0)


@pytest.mark.parametrize(
    "made, age, what",
    [(["failed", *["sent"] * 20], 0, "failures"), (["failed", *["sent"] * 60], 0, ""), (["pending", "sent"], 3, "late"),
     (["sent", "sent"], 3, "")],
)  # fmt: skip
def test_an_alert_when_a_run_is_late_or_fails_once(make_run, caplog, made, age, what):
    run = make_run(*made, age=timedelta(hours=age))
    assert watching.look() == ([(run.pk, what)] if what else [])
    assert watching.look() == []


def test_every_button(client, moderating, make_run):
    run = make_run("failed", "pending")
    for verb in ("halt", "go-on", "cancel", "again"):
        assert client.post(f"{LIST}{run.pk}/{verb}/").url == LIST
    assert [client.post(f"{LIST}switch/{way}/").url for way in ("off", "on")] == [LIST, LIST]
    assert b"due at this moment" in client.get(f"{LIST}?dry=1").content
