"""Every type of page of discussions in a real browser: accessible in both schemes, as wide as the window; and what its script does."""

import pytest
from playwright.sync_api import expect

from conversations.models import PostDraft
from discussions import actions
from tests.browser.test_group_pages import signed_in
from tests.conftest import of
from tests.factories import GroupMembershipFactory, OrganisationFactory, ThreadFactory, UserFactory, WorkingGroupFactory
from tests.records.test_attachments import picture
from tests.support.axe import sideways, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PLACE = "/en/working-groups/lamps/discussions/"


@pytest.fixture
def people(live_site):
    lejre = OrganisationFactory(name="Lejre Kommune")
    group = WorkingGroupFactory(organisation=lejre, slug="lamps")
    chair = GroupMembershipFactory(group=group, user=of(lejre, "owner", name="Carla Chair"), role="chair", organisation=lejre).user
    bo = GroupMembershipFactory(group=group, user=UserFactory(name="Bo Berg")).user
    thread = actions.start(group, by=chair, title="Which mounting height?", text="Who has *measured*, @[Bo Berg]?", language="en")
    post = actions.write(thread, by=bo, text="| m | lux |\n|---|---|\n| 4 | 9 |", language="da", quoted=thread.posts.get())
    actions.edit(post, by=bo, text="| m | lux |\n|---|---|\n| 4 | 12 |", language="da")
    actions.mark_answer(post, by=chair)
    ThreadFactory(target=group, posts=65, title="A long one")
    return {"chair": chair, "bo": bo, "thread": thread, "group": group}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_accessible(new_page, live_site, people, scheme):
    page = new_page(color_scheme=scheme, viewport={"width": 768, "height": 900})
    signed_in(page, live_site, people["chair"])
    topic = f"{PLACE}{people['thread'].pk}/"
    paths = [
        PLACE,
        f"{PLACE}?q=nothing-like-it",
        f"{PLACE}new/",
        topic,
        f"{topic}?quote=2",
        f"{topic}1/edit/",
        f"{topic}2/history/",
        "/en/desk/",
    ]
    found = {}
    for path in paths:
        assert page.goto(f"{live_site}{path}").status == 200
        found[path] = (violations(page), sideways(page))
    assert found == dict.fromkeys(paths, ([], 0))


def test_no_page_is_wider_than_a_telephone(new_page, live_site, people):
    page = new_page(viewport={"width": 360, "height": 800})
    signed_in(page, live_site, people["bo"])
    topic = f"{PLACE}{people['thread'].pk}/"
    paths = [PLACE, f"{PLACE}new/", topic, f"{topic}2/edit/", f"{topic}2/history/"]
    assert {path: sideways(page) for path in paths if page.goto(f"{live_site}{path}") and sideways(page) > 0} == {}


def test_a_name_is_chosen_by_keys_and_a_picture_described(new_page, live_site, people):
    page = new_page()
    signed_in(page, live_site, people["bo"])
    page.goto(f"{live_site}{PLACE}{people['thread'].pk}/")
    area = page.get_by_label("Your post")
    area.press_sequentially("Look at this, @car")
    expect(page.get_by_role("option", name="Carla Chair")).to_be_visible()
    area.press("ArrowDown")
    area.press("Enter")
    expect(area).to_have_value("Look at this, @[Carla Chair] ")
    page.locator("input[type=file]").set_input_files([{"name": "pole.jpg", "mimeType": "image/jpeg", "buffer": picture()}])
    page.get_by_label("What “pole.jpg” shows").fill("A pole")
    page.get_by_role("button", name="Send the post").click()
    expect(page.get_by_role("img", name="A pole")).to_be_visible()
    expect(page.locator("#post-3 .mention")).to_have_text("@Carla Chair")


def test_what_is_typed_is_kept_and_comes_back(new_page, live_site, people):
    page, address = new_page(), f"{live_site}{PLACE}{people['thread'].pk}/"
    signed_in(page, live_site, people["bo"])
    page.goto(address)
    page.get_by_label("Your post").press_sequentially("Half a sentence")
    expect(page.locator("[data-draft-status]")).to_have_text("Kept as a draft")
    assert PostDraft.objects.get().text == "Half a sentence"
    page.goto(f"{live_site}/en/desk/")
    page.goto(address)
    expect(page.get_by_label("Your post")).to_have_value("Half a sentence")


def test_without_a_connection_what_is_typed_stays_in_the_browser(new_page, live_site, people):
    page, address = new_page(), f"{live_site}{PLACE}{people['thread'].pk}/"
    signed_in(page, live_site, people["bo"])
    page.goto(address)
    page.context.set_offline(True)
    page.get_by_label("Your post").fill("Typed in a train")
    expect(page.locator("[data-draft-status]")).to_contain_text("No connection")
    page.context.set_offline(False)
    page.goto(address)
    expect(page.get_by_label("Your post")).to_have_value("Typed in a train")


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_a_discussion_is_begun_answered_mended_and_found_again(new_page, live_site, people, script):
    chair, bo = new_page(java_script_enabled=script), new_page(java_script_enabled=script)
    signed_in(chair, live_site, people["chair"])
    signed_in(bo, live_site, people["bo"])
    begin(chair, live_site)
    answer(bo, live_site)
    lead(chair, live_site)


def begin(page, site):
    page.goto(f"{site}{PLACE}")
    page.get_by_role("link", name="Start a discussion").click()
    page.get_by_label("Title").fill("Bats by the lake")
    page.get_by_label("Your post").fill("Who has counted, @[Bo Berg]?")
    page.get_by_role("button", name="Start the discussion").click()
    expect(page.get_by_role("heading", name="Bats by the lake")).to_be_visible()


def answer(page, site):
    page.goto(f"{site}/en/desk/")
    page.get_by_role("link", name="Bats by the lake").click()
    page.get_by_role("link", name="Answer").first.click()
    page.get_by_label("Your post").fill("We have, since 2011.")
    page.locator("input[type=file]").set_input_files([{"name": "bats.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 x"}])
    page.get_by_role("button", name="Send the post").click()
    expect(page.get_by_role("link", name="bats.pdf")).to_be_visible()
    page.locator("#post-2").get_by_role("link", name="Edit").click()
    page.get_by_label("Your post").fill("We have, since 2012.")
    page.get_by_role("button", name="Save").click()
    page.locator("#post-2").get_by_role("link", name="edited").click()
    expect(page.locator("ins")).to_have_text("2012.")


def lead(page, site):
    page.goto(f"{site}{PLACE}")
    page.get_by_role("link", name="Bats by the lake").click()
    page.locator("#post-2").get_by_role("button", name="This is the answer").click()
    expect(page.locator("#post-2")).to_contain_text("Answer")
    page.get_by_role("button", name="Mute").click()
    expect(page.get_by_text("Muted: you hear nothing of it.")).to_be_visible()
    page.goto(f"{site}/en/search/?q=2012&kind=discussions")
    expect(page.locator(".hit h3")).to_have_text("Bats by the lake")
