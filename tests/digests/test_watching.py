"""Promise 11: an alert when a run is late or failures pass 2 %, figures for a monitor, and a scheduler that is dead is seen."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from digests import tasks, watching
from digests.counting import settle
from digests.models import Heartbeat
from notifications.models import Delivery, Notification, Run
from tests.factories import SubscriptionFactory

pytestmark = pytest.mark.django_db


def metrics(client):
    lines = client.get("/metrics").content.decode().splitlines()
    found = dict(line.split(" ") for line in lines if line.startswith("portal_digest_"))
    return {name.removeprefix("portal_digest_"): float(figure) for name, figure in found.items()}


@pytest.mark.parametrize(
    "made, age, what",
    [(["failed", *["sent"] * 20], 0, "failures"), (["failed", *["sent"] * 60], 0, ""), (["pending", "sent"], 3, "late"),
     (["sent", "sent"], 3, "")],
)  # fmt: skip
def test_promise_11_an_alert_when_a_run_is_late_or_fails_once(make_run, caplog, made, age, what):
    run = make_run(*made, age=timedelta(hours=age))
    assert watching.look() == ([(run.pk, what)] if what else [])
    assert (watching.look(), len([one for one in caplog.records if one.name == "portal.digests"])) == ([], int(bool(what)))


def test_moderators_hear_of_it_once_and_are_led_to_the_run(
    client, make_run, moderator, stranger, mailoutbox, django_capture_on_commit_callbacks
):
    run = make_run("failed", "sent")
    for _tick in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            tasks.tick()
    told = Notification.objects.get()
    assert (told.user, told.entry.url, [mail.to for mail in mailoutbox]) == (moderator, f"/cms/digests/{run.pk}/", [[moderator.email]])
    assert "more than 2 % of its mails failed. 1 of 2 mails failed" in " ".join(mailoutbox[0].body.split())


def test_a_run_that_was_halted_and_forgotten_is_told_too(make_run):
    run, now = make_run("pending"), timezone.now()
    Run.objects.filter(pk=run.pk).update(halted_at=now)
    assert [watching.look(now + timedelta(hours=hours)) for hours in (3, 13)] == [[], [(run.pk, "halted")]]


def test_what_changes_after_the_end_is_counted_anew(make_run):
    run, now = make_run("unknown", "sent"), timezone.now()
    settle(now)
    Delivery.objects.filter(run=run, state="unknown").update(state="sent")
    settle(now)
    run.refresh_from_db()
    assert (run.counts, run.completed_at) == ({"sent": 2}, Delivery.objects.filter(run=run).first().finished_at)


def test_figures_of_runs(client, make_run):
    make_run("sent", "sent", "failed", "unknown", age=timedelta(hours=5))
    make_run("pending", "sent", age=timedelta(hours=3))
    found = metrics(client)
    assert {name: found[name] for name in ("runs", "runs_under_way", "runs_in_trouble", "planned", "failure_ratio", "switched_off")} == {
        "runs": 2, "runs_under_way": 1, "runs_in_trouble": 2, "planned": 6, "failure_ratio": 0.166667, "switched_off": 0,
    }  # fmt: skip
    assert [found[f'deliveries{{state="{state}"}}'] for state in ("sent", "failed", "unknown", "pending")] == [3, 1, 1, 1]
    assert found["oldest_pending_seconds"] // 60 == 180
    assert (found["late_seconds"] // 60, found["last_run_timestamp_seconds"] > 0) == (60, True)


def test_figures_cost_the_same_with_one_and_thirty_runs(client, make_run):
    def queries():
        cache.clear()
        with CaptureQueriesContext(connection) as seen:
            watching.figures()
        return len(seen)

    make_run("sent", "pending")
    with_one = queries()
    for number in range(29):
        make_run("sent", "pending", age=timedelta(hours=number))
    assert queries() == with_one <= 8


@pytest.fixture
def due_reader():
    """A member whose digest was due an hour ago, and who has none."""
    at = timezone.localtime() - timedelta(hours=1)
    since = at - timedelta(days=30)
    return SubscriptionFactory(frequency="daily", hour=at.hour, since=since, started_at=since)


def test_a_dead_scheduler_is_seen_by_whoever_asks(client, due_reader):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["status"], answer.json()["digests"]) == (200, "degraded", "late")
    assert metrics(client)["missed_readers"] == 1


def test_one_that_lives_is_believed_and_nobody_due_is_asked_for(client, due_reader):
    Heartbeat.objects.create(name=watching.HEARTBEAT, at=timezone.now() - timedelta(minutes=11))
    with CaptureQueriesContext(connection) as seen:
        assert client.get("/readyz").json()["digests"] == "ok"
    assert [one["sql"] for one in seen if "digests_subscription" in one["sql"]] == []


def test_a_tick_leaves_a_sign_of_life_and_plans_who_was_missed(client, due_reader):
    tasks.tick()
    assert (Delivery.objects.count(), Heartbeat.objects.count(), client.get("/readyz").json()["digests"]) == (1, 1, "ok")


def test_a_scheduler_that_cannot_plan_leaves_none(monkeypatch, due_reader):
    monkeypatch.setattr(tasks, "plan", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        tasks.tick()
    assert Heartbeat.objects.count() == 0
