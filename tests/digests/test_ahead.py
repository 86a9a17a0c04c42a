"""What is looked for ahead, for those who are next, is not served from the past: rights, address and language of the moment (TC-08)."""

import time
from datetime import timedelta
from threading import Thread

import pytest
from django.utils import timezone

from digests.choosing import Shared
from digests.composing import compose_chunk
from digests.planning import plan
from members.models import User
from notifications import ledger
from tests.factories import GroupMembershipFactory, SubscriptionFactory, WorkingGroupFactory
from workinggroups.models import GroupMembership

pytestmark = pytest.mark.django_db


@pytest.fixture
def chunks(monkeypatch, write_in):
    """Four readers with news of their group in chunks of two: a function that claims and composes the next."""
    monkeypatch.setattr("digests.planning.wake", lambda *about: None)
    now, group = timezone.localtime(), WorkingGroupFactory()
    write_in(group, 2, now - timedelta(hours=5))
    for _number in range(4):
        began = now - timedelta(days=2)
        row = SubscriptionFactory(user__time_zone="Europe/Copenhagen", frequency="daily", hour=now.hour, since=began, started_at=began)
        GroupMembershipFactory(group=group, user=row.user)
    plan(now)

    def composed():
        claimed = ledger.claim(now, 2)
        compose_chunk(claimed, now)
        return [one.mail for one in claimed]

    return composed


def test_tc08_who_has_another_address_or_language_since_gets_it_there(chunks):
    assert None not in chunks()
    User.objects.filter(digest__isnull=False).update(language="sv")
    for user in User.objects.filter(digest__isnull=False):
        User.objects.filter(pk=user.pk).update(email=f"new-{user.pk}@example.org")
    assert [(mail.address[:4], mail.language) for mail in chunks()] == [("new-", "sv")] * 2


def test_tc08_who_has_left_a_group_since_is_told_nothing_of_it(chunks, monkeypatch):
    assert None not in chunks()
    GroupMembership.objects.all().delete()
    later = time.monotonic() + 20
    monkeypatch.setattr("digests.composing.time.monotonic", lambda: later)
    assert chunks() == [None, None]


def test_each_thread_of_a_worker_remembers_for_itself():
    shared, found = Shared(), []
    shared.of("run")("news", lambda: "mine")
    other = Thread(target=lambda: found.append(shared.of("another run")("news", lambda: "another's")))
    other.start()
    other.join()
    assert (found, shared.of("run")("news", lambda: "lost")) == (["another's"], "mine")
