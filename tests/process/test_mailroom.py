"""Mails at once with real workers, a real broker and a real mail server: TC-02, TC-03, TC-05 and a worker that is killed.

`make soak` runs the full numbers.
"""

import random
import shutil
import time
from collections import Counter

import pytest
from django.utils import timezone

from notifications.models import Delivery, Notification, OutboxEntry
from tests.factories import ProjectFactory, UserFactory
from tests.support import mailroom, missing, servers
from tests.support.servers import free_port

pytestmark = [pytest.mark.process, pytest.mark.django_db(transaction=True)]


def states():
    return {str(state): number for state, number in Delivery.objects.count_by_state().items() if number}


def test_workers_killed_while_they_send(room, sink, keep, request):
    soak = request.config.getoption("--soak")
    mails, kills = (2_000, 50) if soak else (300, 5)
    sink.pause = 0.01
    mailroom.plan(mails, target=ProjectFactory())
    room.start()
    for kill in range(kills):
        room.wait_for_mails(len(sink.accepted) + random.randint(5, mails // kills))
        if kill % 2:
            room.kill_a_sender()
        else:
            room.kill_all()
            room.start()
        room.let_leases_end()
    mailroom.finish(room, mails, 900)
    keep(mailroom.ledger_table(room, f"{mails} mails, {kills} kills"))
    arrived = Counter(sink.receivers)
    sent = set(Delivery.objects.filter(state="sent").values_list("user__email", flat=True))
    unknown = set(Delivery.objects.filter(state="unknown").values_list("user__email", flat=True))
    assert set(arrived.values()) == {1}
    assert (len(sent) + len(unknown), sent - set(arrived), set(arrived) - sent - unknown) == (mails, set(), set())
    assert len(unknown) <= room.kills["worker"] * mailroom.SENDERS + room.kills["sender"]


def test_tc02_a_mail_server_that_misbehaves(room, sink, keep, request):
    mails = 500 if request.config.getoption("--soak") else 100
    mailroom.plan(mails // 10, "later-{}@example.org", target=ProjectFactory())
    mailroom.plan(mails // 20, "never-{}@example.org", target=ProjectFactory())
    mailroom.plan(mails // 100, "hang-{}@example.org", target=ProjectFactory())
    mailroom.plan(mails // 100, "cut-{}@example.org", target=ProjectFactory())
    mailroom.plan(mails - mails // 10 - mails // 20 - 2 * (mails // 100), "ok-{}@example.org", target=ProjectFactory())
    room.start()
    deadline = time.monotonic() + 240
    while Delivery.objects.filter(state__in=mailroom.UNDER_WAY, attempts=0).exists() and time.monotonic() < deadline:
        room.wait_for_mails(mails, 5)
    room.wait_for_mails(mails, 30)
    hanging = Delivery.objects.filter(user__email__startswith="hang")
    assert set(hanging.values_list("state", flat=True)) <= {"pending", "sending"}
    Delivery.objects.filter(user__email__startswith="hang").update(next_attempt_at="2030-01-01T00:00Z")
    Delivery.objects.filter(state="pending", user__email__startswith="later").update(next_attempt_at=timezone.now())
    room.wait_for_mails(mails - mails // 20 - mails // 100, 30)
    deadline = time.monotonic() + 40  # a mail to a silent server takes 25 seconds at most
    while Delivery.objects.filter(state__in=("claimed", "sending")).exists() and time.monotonic() < deadline:
        time.sleep(0.2)
    keep(mailroom.ledger_table(room, f"{mails} mails to a server that misbehaves"))
    assert states() == {"sent": mails - mails // 20 - 2 * (mails // 100), "failed": mails // 20,
                        "unknown": mails // 100, "pending": mails // 100}  # fmt: skip
    assert set(Counter(sink.receivers).values()) == {1}


def test_tc03_without_a_broker_nothing_is_lost(sink, tmp_path):
    program, port = shutil.which("redis-server") or missing.leave_out("Redis"), free_port()
    room = mailroom.Mailroom(f"redis://127.0.0.1:{port}/0", sink, tmp_path)
    project, author = ProjectFactory(), UserFactory()
    room.run(f"""
from django.db import transaction
from notifications.actions import notify
from projects.models import Project
with transaction.atomic():
    notify("project.returned", Project.objects.get(pk={project.pk}), by=None, to=[({author.pk}, "author")])
""")
    waiting = OutboxEntry.objects.filter(fanned_out_at=None).count(), Notification.objects.count()
    with servers.redis(program, tmp_path, port):
        room.start()
        deadline = time.monotonic() + 60
        while not sink.accepted and time.monotonic() < deadline:
            room.tick()
            time.sleep(1)
        room.close()
    assert (waiting, sink.receivers, states(), Notification.objects.count()) == ((1, 0), [author.email], {"sent": 1}, 1)


def test_tc05_two_workers_and_two_ticks_at_once(room, sink, keep):
    authors = [UserFactory() for _one in range(60)]
    entry = OutboxEntry.objects.create(
        kind="project.returned", target=ProjectFactory(), context={"title": "Lamps"}, receivers=[[one.pk, "author"] for one in authors]
    )
    room.start()
    room.start()
    for _one in range(4):
        room.tick()
    deadline = time.monotonic() + 60
    while not Delivery.objects.exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    for _one in range(4):
        room.tick()
    room.wait_for_mails(60)
    time.sleep(1)
    keep(mailroom.ledger_table(room, "60 mails, two workers, eight ticks at once"))
    assert (Notification.objects.filter(entry=entry).count(), states()) == (60, {"sent": 60})
    assert Counter(sink.receivers) == {one.email: 1 for one in authors}
