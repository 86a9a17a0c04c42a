"""Promise 11, runs in the administration: what each planned and what became of it, its buttons, and who may press them."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from digests import running
from digests.counting import settle
from digests.planning import plan
from digests.run_page import RunPage
from notifications import ledger
from notifications.models import Delivery, Run, Switch
from records.models import AuditEntry
from tests.factories import SubscriptionFactory, UserFactory

pytestmark = pytest.mark.django_db
LIST = "/cms/digests/"
MIXED = ("sent", "sent", "pending", "failed", "unknown", "empty")


@pytest.fixture
def moderating(client, moderator):
    moderator.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(moderator)
    return moderator


def states(run):
    return {state: number for state, number in Delivery.objects.filter(run=run).count_by_state().items() if number}


def parts(page):
    """What is live of a page: {part: its markup}."""
    return dict(piece.partition('"')[::2] for piece in page.content.decode().split('data-part="')[1:])


def test_promise_11_progress_is_counted_from_the_ledger(client, moderating, make_run):
    make_run(*MIXED)
    (row,) = client.get(LIST).context["rows"]
    assert (row.planned, row.done, row.percent, row.stands, row.is_live) == (6, 5, 83, "Under way", True)


def test_the_list_costs_the_same_with_one_and_thirty(moderating, make_run, same_queries):
    assert same_queries(LIST, lambda: make_run("sent", "pending", age=timedelta(days=Run.objects.count()))) <= 20


def test_the_page_of_a_run_costs_the_same_with_few_and_many_mails(client, moderating, make_run, count_queries):
    few, many = make_run(*MIXED), make_run(*MIXED * 20)
    count_queries(f"{LIST}{few.pk}/")
    assert count_queries(f"{LIST}{few.pk}/") == count_queries(f"{LIST}{many.pk}/") <= 20


def test_what_is_complete_is_not_counted_again(client, moderating, make_run):
    make_run("sent", "failed", age=timedelta(hours=1))
    settle(timezone.now())
    with CaptureQueriesContext(connection) as seen:
        (row,) = client.get(LIST).context["rows"]
    assert (row.planned, row.stands, [one["sql"] for one in seen if "notifications_delivery" in one["sql"]]) == (2, "Complete", [])


def test_who_watches_shares_a_count_and_sees_the_next_one(client, moderating, make_run):
    run = make_run("pending", "pending")
    before = parts(client.get(f"{LIST}live/"))[f"progress-{run.pk}"]
    Delivery.objects.filter(run=run).update(state="sent")
    with CaptureQueriesContext(connection) as seen:
        assert parts(client.get(f"{LIST}live/"))[f"progress-{run.pk}"] == before
    assert [one["sql"] for one in seen if "notifications_delivery" in one["sql"]] == []
    assert "2 of 2, 100 %" in parts(client.get(LIST))[f"progress-{run.pk}"]


def test_a_page_is_live_only_while_something_moves(client, moderating, make_run):
    run = make_run("pending")
    seen = [client.get(LIST).content.count(b'data-live="yes"')]
    running.halt(run, by=moderating)
    seen.append(client.get(f"{LIST}{run.pk}/live/").content.count(b'data-live="yes"'))
    running.go_on(run, by=moderating)
    running.switch_off(by=moderating)
    seen.append(client.get(LIST).content.count(b'data-live="yes"'))
    assert seen == [1, 0, 0]


def test_rate_and_the_end_are_told_from_the_last_minute(make_run):
    now = timezone.now()
    run = make_run(*["sent"] * 60, *["pending"] * 120, age=timedelta(minutes=5))
    Delivery.objects.filter(run=run, state="sent").update(finished_at=now - timedelta(seconds=20))
    page = RunPage(run, now)
    assert (page.rate, page.ends_at, [row[1:] for row in page.timeline]) == (1.0, now + timedelta(seconds=120), [(60, 0, 100)])


def test_a_long_run_has_a_short_timeline(make_run):
    run, now = make_run(*["sent"] * 3, "failed", age=timedelta(hours=9)), timezone.now().replace(second=0, microsecond=0)
    for hours, delivery in enumerate(Delivery.objects.filter(run=run).order_by("pk")):
        Delivery.objects.filter(pk=delivery.pk).update(finished_at=now - timedelta(hours=8) + 2 * timedelta(hours=hours))
    rows = RunPage(run, now).timeline
    assert (len(rows), sum(row[1] for row in rows), sum(row[2] for row in rows), RunPage(run, now).ends_at) == (13, 3, 1, None)


def test_errors_are_grouped_by_what_was_said_and_lead_to_their_mails(client, moderating, make_run):
    run = make_run("failed", "failed", "failed", "suppressed")
    errors = ("550 No such user <a@b.example>", "550 No such user <c@d.example>", "552 Full", "suspended")
    for error, delivery in zip(errors, Delivery.objects.filter(run=run).order_by("pk"), strict=True):
        Delivery.objects.filter(pk=delivery.pk).update(error=error)
    page = client.get(f"{LIST}{run.pk}/").context["page"]
    assert [(said, number) for _state, said, number, _url in page.errors] == [
        ("550 No such user <…>", 2), ("552 Full", 1), ("The member is suspended.", 1),
    ]  # fmt: skip
    listed = client.get(page.errors[0][3]).context["rows"]
    assert ({row.delivery.error for row in listed}, len(page.first_failed)) == (set(errors[:2]), 3)


def test_the_dry_run_tells_who_is_due_and_plans_none(client, moderating):
    now = timezone.localtime()
    for language in ("da", "da", "sv"):
        since = now - timedelta(days=30)
        SubscriptionFactory(user__language=language, frequency="daily", hour=now.hour, since=since, started_at=since)
    page = client.get(f"{LIST}due/")
    assert page.context["rows"] == [("Every day", "Europe/Copenhagen", "da", 2), ("Every day", "Europe/Copenhagen", "sv", 1)]
    assert (page.context["total"], Run.objects.count(), Delivery.objects.count(), plan().planned) == (3, 0, 0, 3)


def test_a_halted_run_waits_and_goes_on(moderating, make_run):
    run, now = make_run("pending", "pending"), timezone.now()
    assert (running.halt(run, by=moderating), running.halt(run, by=moderating), len(ledger.claim(now))) == (True, False, 0)
    assert (running.go_on(run, by=moderating), len(ledger.claim(now))) == (True, 2)


def test_a_cancelled_run_sends_nothing_more(moderating, make_run):
    run = make_run("sent", "pending", "pending")
    assert (running.cancel(run, by=moderating), running.cancel(run, by=moderating)) == (True, False)
    assert states(run) == {"sent": 1, "suppressed": 2}
    assert list(AuditEntry.objects.values_list("verb", flat=True)) == ["cancel_run"]


def test_a_mail_in_the_hands_of_a_sender_is_not_tried_again_after_a_cancel(moderating, make_run, mailoutbox):
    from notifications.tasks import send_chunk

    run, now = make_run("pending", "pending"), timezone.now()
    claimed = ledger.claim(now, 1)
    running.cancel(run, by=moderating)
    ledger.release(claimed, now=now)
    send_chunk(now)
    assert (states(run), set(Delivery.objects.values_list("error", flat=True)), mailoutbox) == ({"suppressed": 2}, {"cancelled"}, [])


def test_failed_mails_are_sent_again_but_not_behind_a_later_digest(moderating, make_run):
    run = make_run("failed", "failed", "sent", age=timedelta(days=7))
    overtaken = Delivery.objects.filter(run=run, state="failed").first()
    later = make_run("sent")
    Delivery.objects.filter(run=later).update(user=overtaken.user)
    assert (running.send_failed_again(run, by=moderating), states(run)) == (1, {"pending": 1, "failed": 1, "sent": 1})
    assert ledger.send_again(overtaken, by=moderating, now=timezone.now()) is False


def test_one_failed_mail_of_a_run_is_sent_again_from_its_list(client, moderating, make_run):
    run = make_run("failed", "failed")
    settle(timezone.now())
    one = Delivery.objects.first()
    assert client.post(f"/cms/deliveries/{one.pk}/send-again/", {"run": run.pk}).url == f"/cms/deliveries/?state=failed&run={run.pk}"
    run.refresh_from_db()
    assert (states(run), run.completed_at) == ({"failed": 1, "pending": 1}, None)


def test_a_complete_run_is_open_again_when_mails_of_it_are_sent_again(client, moderating, make_run):
    run = make_run("failed", "sent")
    settle(timezone.now())
    client.post(f"{LIST}{run.pk}/again/")
    (row,) = client.get(LIST).context["rows"]
    assert (row.stands, row.under_way) == ("Under way", 1)


def test_the_switch_stops_what_waits_already(moderating, make_run):
    make_run("pending")
    assert (running.switch_off(by=moderating), running.switch_off(by=moderating), ledger.claim(timezone.now())) == (True, False, [])
    assert (running.switch_on(by=moderating), running.switch_on(by=moderating), Switch.objects.count()) == (True, False, 0)
    assert len(ledger.claim(timezone.now())) == 1


#: What a run looks like → which buttons it has; every other verb changes nothing.
UNDER_WAY, HALTED, CANCELLED, COMPLETE, FAILED = "under way", "halted", "cancelled", "complete", "complete with failures"
BUTTONS = {
    UNDER_WAY: ["halt", "cancel"], HALTED: ["go-on", "cancel"], CANCELLED: [], COMPLETE: [], FAILED: ["again"],
}  # fmt: skip


def in_state(make_run, state):
    run = make_run(*{COMPLETE: ["sent"], FAILED: ["sent", "failed"], CANCELLED: ["failed"]}.get(state, ["pending"]))
    changed = {HALTED: {"halted_at": timezone.now()}, CANCELLED: {"cancelled_at": timezone.now()}}.get(state, {})
    Run.objects.filter(pk=run.pk).update(**changed)
    run.refresh_from_db()
    return run


@pytest.mark.parametrize("state", BUTTONS)
def test_every_button_in_every_state(client, moderating, make_run, state):
    shown, worked = [], []
    for verb in ("halt", "go-on", "cancel", "again"):
        run = in_state(make_run, state)
        shown += [verb] if f"{LIST}{run.pk}/{verb}/".encode() in client.get(f"{LIST}{run.pk}/").content else []
        assert client.post(f"{LIST}{run.pk}/{verb}/").url == f"{LIST}{run.pk}/"
        worked += [verb] if AuditEntry.objects.filter(target_id=run.pk).exists() else []
    assert (shown, worked) == (BUTTONS[state], BUTTONS[state])


def test_who_may_press_them(client, make_run, anyone):
    """Moderators who may act, and administrators; not an editor of the administration without that role."""
    entering = Permission.objects.get(codename="access_admin")
    people = {anyone.part: anyone, "administrator": UserFactory(is_superuser=True), "cms": UserFactory()}
    answers = {}
    for part, person in people.items():
        client.logout()
        if person.is_authenticated:
            person.user_permissions.add(entering)
            client.force_login(person)
        run = make_run("pending", "failed")
        paths = [*(f"{run.pk}/{verb}/" for verb in ("halt", "go-on", "cancel", "again")), "switch/off/", "switch/on/"]
        wait = {client.post(LIST + path).headers.get("Location", "no").startswith(LIST) for path in paths}
        answers[part] = wait == {True}
    assert answers == {anyone.part: anyone.part == "moderator", "administrator": True, "cms": False}


def test_the_front_page_tells_moderators_of_the_last_run(client, moderating, make_run, editor):
    make_run("failed", "sent")
    running.switch_off(by=moderating)
    page = client.get("/cms/").content.decode()
    assert ("2 of 2, 100 %" in page, "Digests are switched off" in page, "1 failed" in page) == (True, True, True)
    editor.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(editor)
    assert "digest-panel" not in client.get("/cms/").content.decode()
