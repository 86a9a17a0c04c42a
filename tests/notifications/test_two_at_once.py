"""A double click, two tabs, a mail program and its reader: one outcome and no error."""

import pytest
from django.utils import timezone

from notifications import tasks
from notifications.actions import choose, follow, notify, queue_mail, send_again, stop, unfollow
from notifications.models import Choice, Delivery, Follow, OutboxEntry
from tests.factories import DeliveryFactory, ProjectFactory
from tests.support.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_following_twice_at_once(stranger):
    project = ProjectFactory()
    answers = at_once(*[lambda: follow(stranger, project)] * 4)
    assert (len(set(answers)), Follow.objects.count()) == (1, 1)


def test_following_against_unfollowing(stranger):
    project = ProjectFactory()
    answers = at_once(lambda: follow(stranger, project), lambda: unfollow(stranger, project))
    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    assert Follow.objects.count() in (0, 1)


def test_stopping_twice_at_once(stranger):
    answers = at_once(*[lambda: stop(stranger.pk, "project.returned")] * 4)
    assert (answers, Choice.objects.get().is_on) == ([None] * 4, False)


def test_stopping_while_the_choices_are_kept(stranger):
    answers = at_once(lambda: stop(stranger.pk, "followed"), lambda: choose(stranger, "followed", "mail", True))
    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    assert Choice.objects.count() == 1


def test_one_mail_planned_twice_at_once():
    def queue():
        return queue_mail("account", "notice", address="a@example.org", language="en", context={}, period="once").pk

    assert len(set(at_once(*[queue] * 4))) == Delivery.objects.count() == 1


def test_sending_again_twice_at_once(moderator):
    failed = DeliveryFactory(state="failed")
    answers = at_once(*[lambda: send_again(failed, by=moderator, now=timezone.now())] * 3)
    tasks.tick()  # whoever was woken may have found the row held by the others
    assert (sorted(answers), Delivery.objects.get().state) == ([False, False, True], "sent")


def test_two_verbs_on_one_noun_are_both_told(editor, owner):
    project = ProjectFactory()
    at_once(*[lambda: notify("project.returned", project, by=editor, to=[(owner, "author")])] * 2)
    assert OutboxEntry.objects.exclude(fanned_out_at=None).count() == 2
