"""Nobody writes faster than others can read, and nothing typed is lost by it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from common.errors import WrongState
from conversations.models import Post, PostVersion
from discussions import actions
from discussions.actions.pace import MOST
from discussions.history import versions_of
from tests.factories import ThreadFactory

pytestmark = pytest.mark.django_db
FORM = {"text": "One more.", "language": "en", "key": "f2b0a8b2-6e0c-4d5e-9d4f-1d2c3b4a5f60"}


@pytest.fixture
def busy(group, bo):
    """Bo has written as much as one may."""
    return ThreadFactory(target=group, started_by=bo, posts=MOST, posts__author=bo)


def test_who_writes_too_fast_is_told_and_keeps_the_text(client, busy, bo, url):
    client.force_login(bo)
    page = client.post(f"{url}{busy.pk}/write/", FORM)
    assert (page.status_code, Post.objects.count()) == (200, MOST)
    assert "Wait a little and send it again" in page.content.decode()
    assert page.context["form"]["text"].value() == "One more."


def test_others_write_on_and_so_does_who_waited(busy, bo, anna):
    assert actions.write(busy, by=anna, text="Six metres.", language="en").number == MOST + 1
    later = timezone.now() + timedelta(minutes=6)
    assert actions.write(busy, by=bo, text="One more.", language="en", now=later).number == MOST + 2


def test_a_new_discussion_counts_as_well(busy, group, bo):
    with pytest.raises(WrongState) as refusal:
        actions.start(group, by=bo, title="Radar", text="How high?", language="en")
    assert refusal.value.code == "too_many"


def test_posts_are_not_changed_faster_either(thread, anna, bo):
    post, now = thread.posts.get(number=1), timezone.now()
    for number in range(MOST):
        actions.edit(post, by=anna, text=f"Version {number}", language="en", now=now)
    with pytest.raises(WrongState) as refusal:
        actions.edit(post, by=anna, text="One more", language="en", now=now)
    assert refusal.value.code == "too_many"
    assert actions.edit(post, by=anna, text="Later", language="en", now=now + timedelta(minutes=6)).text == "Later"


def test_a_long_history_shows_its_newest_versions(thread, anna):
    post = thread.posts.get(number=1)
    PostVersion.objects.bulk_create(
        PostVersion(post=post, number=number, text=f"Said {number}", language="en", written_at=post.created_at) for number in range(1, 61)
    )
    shown = versions_of(post)
    assert [(one.number, one.is_now) for one in (shown[0], shown[-1])] == [(61, True), (21, False)]
    assert shown[-1].words == "Said 21"


def test_a_number_of_five_thousand_digits_is_no_quotation(client, thread, anna, url):
    client.force_login(anna)
    page = client.post(f"{url}{thread.pk}/write/", FORM | {"quoted": "9" * 5_000})
    assert (page.status_code, page.context["topic"].quoting) == (200, None)
