"""What reaches a member, and the list behind the bell, in a real browser: without scripts, on a phone, accessible in both schemes."""

import re

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from conversations.models import Post, Thread
from notifications import fanout
from notifications.actions import notify
from notifications.models import Notification, QuietHours
from tests.factories import GroupMembershipFactory, UserFactory, WorkingGroupFactory
from tests.support.axe import sideways, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"viewport": {"width": 360, "height": 800}}


@pytest.fixture
def member(live_site):
    """Somebody who belongs to a group in which two others have written."""
    user, now = UserFactory(name="Mia"), timezone.now()
    group = GroupMembershipFactory(user=user, group=WorkingGroupFactory(text__name="Street lighting")).group
    thread = Thread.objects.create(
        target_type=ContentType.objects.get_for_model(group), target_id=group.pk, title="Which lamps?", language="en", last_post_at=now,
        post_count=2,
    )  # fmt: skip
    for number, name in enumerate(("Anna", "Bo"), 1):
        post = Post.objects.create(thread=thread, number=number, author=UserFactory(name=name), text=name, language="en", created_at=now)
        url, context = f"/working-groups/{group.slug}/discussions/{thread.pk}/#post-{number}", {"title": "Which lamps?", "place": "Light"}
        entry = notify(
            "discussion.posted_quietly", post, by=post.author, to=[(user, "discussion_follow")], url=url, context=context, now=now
        )
        fanout.tell(entry.pk, now=now)
    return user


@pytest.fixture
def visit(new_page, live_site, member, client):
    """Returns a function that gives a page, opened at an address, on which the member is signed in."""
    client.force_login(member)

    def go(address, **options):
        page = new_page(**options)
        page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_site}])
        page.goto(f"{live_site}{address}")
        return page

    return go


def test_promise_12_what_happened_to_one_noun_is_read_with_one_click(visit, member):
    page = visit("/en/notifications/", java_script_enabled=False)
    page.get_by_text("All 2").click()
    each = page.locator(".notifications__each li").all_inner_texts()
    page.get_by_role("button", name="2 new posts in Which lamps? (Light)", exact=True).click()
    assert (["Bo" in each[0], "Anna" in each[1]], page.locator("h2").first.inner_text()) == ([True, True], "Which lamps?")
    assert Notification.objects.filter(user=member, read_at=None).count() == 0


def test_promise_12_ways_groups_and_quiet_hours_are_chosen_on_a_phone(visit, member):
    page = visit("/en/notifications/settings/", java_script_enabled=False, **PHONE)
    page.get_by_role("button", name=re.compile("Choose.*Quiet")).click()
    page.get_by_role("radio", name=re.compile("Street lighting.*Not at all")).check()
    page.get_by_label("Quiet from").select_option("20")
    page.get_by_label("Until").select_option("7")
    page.get_by_role("checkbox", name=re.compile("News of what I follow.*Digest")).uncheck()
    page.get_by_role("button", name="Keep these choices").click()
    kept = set(member.notification_choices.values_list("kind", "channel", "is_on"))
    assert (kept, member.group_memberships.get().news) == ({("", "mail", False), ("followed", "digest", False)}, "mute")
    assert QuietHours.objects.values_list("starts", "ends", "weekend").get() == (20, 7, False)


@pytest.mark.parametrize(("scheme", "width", "language"), [("light", 360, "da"), ("dark", 768, "sv")])
def test_with_everything_open_it_is_accessible_and_fits(visit, scheme, width, language):
    found = {}
    for address in ("", "settings/"):
        page = visit(f"/{language}/notifications/{address}", color_scheme=scheme, viewport={"width": width, "height": 900})
        page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true })")
        found[address] = (violations(page), sideways(page))
    assert found == {"": ([], 0), "settings/": ([], 0)}
