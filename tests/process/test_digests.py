"""The digest with real workers, a real broker and a real mail server: TC-01, TC-02, TC-05. `make soak` runs the full numbers."""

import random
import subprocess
import sys
import threading
import time
from collections import Counter
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from digests.models import Subscription
from members.models import User
from notifications.models import Delivery, Follow, Run
from taxonomy.models import Theme
from tests.factories import ProjectFactory
from tests.support import mailroom

pytestmark = [pytest.mark.process, pytest.mark.django_db(transaction=True)]


def subscribe(number, address="reader-{}@example.org"):
    """So many members who follow energy and whose digest has been due for a minute, and three new projects for them."""
    theme, now = Theme.objects.get(slug="energy"), timezone.localtime()
    for count in range(3):
        ProjectFactory(slug=f"new-{count}", published_at=now - timedelta(days=1)).themes.add(theme)
    users = User.objects.bulk_create(User(email=address.format(n), name=f"Reader {n}", password="!") for n in range(number))
    before = now - timedelta(days=30)
    Subscription.objects.bulk_create(
        Subscription(user=user, frequency="daily", hour=now.hour, since=before, started_at=before) for user in users
    )
    Follow.objects.bulk_create(Follow(user=user, target=theme) for user in users)
    return users


def states():
    return {str(state): number for state, number in Delivery.objects.filter(list="digest").count_by_state().items() if number}


def test_tc01_workers_killed_in_the_middle_of_a_digest(room, sink, keep, request):
    soak = request.config.getoption("--soak")
    mails, kills = (2_000, 50) if soak else (300, 5)
    sink.pause = 0.01
    subscribe(mails)
    planned = int(room.run("from digests.planning import plan; print(plan().planned)"))  # here the mails would go out at once
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
    keep(mailroom.ledger_table(room, f"digest: {mails} readers, {kills} kills"))
    arrived = Counter(sink.receivers)
    sent = set(Delivery.objects.filter(state="sent").values_list("user__email", flat=True))
    unknown = set(Delivery.objects.filter(state="unknown").values_list("user__email", flat=True))
    assert (planned, set(arrived.values())) == (mails, {1})
    assert (len(sent) + len(unknown), sent - set(arrived), set(arrived) - sent - unknown) == (mails, set(), set())
    assert len(unknown) <= room.kills["worker"] * mailroom.SENDERS + room.kills["sender"]


def test_tc05_two_schedulers_and_a_run_by_hand_in_the_same_second(room, sink, keep):
    users = subscribe(60)
    room.start()
    room.start()
    argv = [sys.executable, "manage.py", "send_digests"]
    by_hand = [subprocess.Popen(argv, env=room.environ, cwd=settings.BASE_DIR, stdout=subprocess.PIPE, text=True) for _one in range(2)]
    beats = [threading.Thread(target=lambda: room.broker.send_task("digests.tick")) for _one in range(4)]
    for beat in beats:
        beat.start()
    said = [one.communicate(timeout=120)[0].splitlines()[-1] for one in by_hand]
    room.wait_for_mails(60)
    deadline = time.monotonic() + 30
    while mailroom.is_under_way() and time.monotonic() < deadline:
        time.sleep(0.2)
    keep(mailroom.ledger_table(room, "digest: 60 readers, two workers, four ticks and two runs by hand at once"))
    assert (Run.objects.count(), states(), Counter(sink.receivers)) == (1, {"sent": 60}, {user.email: 1 for user in users})
    assert all(line.startswith("planned=") for line in said)
