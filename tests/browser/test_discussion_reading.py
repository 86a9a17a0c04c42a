"""How far somebody has read, in a real browser: said by the script as posts are seen, by a button without it."""

import pytest
from playwright.sync_api import expect

from conversations import actions as conversations
from conversations.models import Post, ReadMarker
from tests.browser.test_group_pages import signed_in
from tests.factories import GroupMembershipFactory, ThreadFactory, UserFactory, WorkingGroupFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PLACE = "/en/working-groups/lamps/discussions/"


@pytest.fixture
def reader(live_site):
    group = WorkingGroupFactory(slug="lamps")
    user = GroupMembershipFactory(group=group, user=UserFactory(name="Bo Berg")).user
    user.thread = ThreadFactory(target=group, posts=65, title="A long one")
    Post.objects.update(text="Words.\n\n" * 12)  # taller than a window, two together
    conversations.mark_read(user.thread, user, 40)
    return user


def read_to(reader):
    return ReadMarker.objects.get(thread=reader.thread, user=reader).last_number


def wait_for_marker(page, reader, number):
    for _ in range(60):
        if read_to(reader) == number:
            return
        page.wait_for_timeout(250)
    assert read_to(reader) == number


def test_the_list_leads_to_what_is_new_and_what_is_seen_is_read(page, live_site, reader):
    signed_in(page, live_site, reader)
    page.goto(f"{live_site}{PLACE}")
    expect(page.get_by_text("25 new")).to_be_visible()
    page.get_by_role("link", name="A long one").click()
    expect(page.get_by_text("New posts")).to_be_in_viewport()
    expect(page.locator("#post-41")).to_be_in_viewport()
    page.locator("#post-41 .post__verbs").scroll_into_view_if_needed()
    wait_for_marker(page, reader, 41)
    page.locator("#post-42 .post__verbs").scroll_into_view_if_needed()
    wait_for_marker(page, reader, 42)


def test_what_is_jumped_over_stays_unread(page, live_site, reader):
    signed_in(page, live_site, reader)
    page.goto(f"{live_site}{PLACE}{reader.thread.pk}/#post-60")
    expect(page.locator("#post-60")).to_be_in_viewport()
    page.wait_for_timeout(4_000)
    assert read_to(reader) == 40


def test_without_a_script_a_button_reads_page_by_page(new_page, live_site, reader):
    page = new_page(java_script_enabled=False)
    signed_in(page, live_site, reader)
    page.goto(f"{live_site}{PLACE}{reader.thread.pk}/")
    page.get_by_role("button", name="All of this page is read: go on").click()
    expect(page.locator("#post-61")).to_be_in_viewport()
    assert read_to(reader) == 60
    page.get_by_role("button", name="Mark as read").click()
    expect(page.get_by_role("heading", name="Discussions", exact=True)).to_be_visible()
    assert (read_to(reader), page.locator(".thread[data-unread]").count()) == (65, 0)
