"""Agenda, minutes, decisions and action points in a real browser: accessible, as wide as the window, saved while somebody types, printed.

As in test_pages.py, `new_page` adds that no page asks another site, breaks the policy or fails in a script.
"""

from datetime import timedelta

import pytest
from django.db import models
from django.utils import timezone
from playwright.sync_api import expect

from events import actions
from events.content import content_of
from events.models import ActionPoint, AgendaItem, AgreedAction, Attendee, Decision, Minutes, MinutesPoint
from tests.browser.test_event_pages import signed_in
from tests.browser.test_stored_markup import PAYLOADS
from tests.factories import AgendaItemFactory, EventFactory, GroupMembershipFactory, OrganisationFactory, RegistrationFactory
from tests.support.axe import sideways, violations
from tests.support.minutes import write
from workinggroups.models import Seat

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def site(live_site):
    """A group with a meeting to come, one whose minutes are approved and corrected, and one whose minutes are a draft."""
    chair = GroupMembershipFactory(role="chair", user__name="Clara Chair")
    member = GroupMembershipFactory(group=chair.group, user__name="Mads Member")
    lejre = OrganisationFactory(name="Lejre Kommune")
    Seat.objects.create(group=chair.group, organisation=lejre, holder=chair, deputy=member)
    to_come = EventFactory(organisation=None, group=chair.group, slug="to-come")
    for number, title in enumerate(("Nine winters", "One method")):
        AgendaItemFactory(event=to_come, title=title, position=number, length=20, presenter="Clara")
    actions.propose_item(to_come, by=member.user, title="Bats", text="By the *lake*.")
    for slug in ("approved", "draft"):
        event = EventFactory(organisation=None, group=chair.group, slug=slug, past=True)
        AgendaItemFactory(event=event, title="The numbers")
        RegistrationFactory(event=event, user=member.user)
        draft = write(actions.start_minutes(event, by=chair.user), by=chair.user, owner=member.user)
        if slug == "approved":
            actions.approve_minutes(draft, by=chair.user, revision=draft.revision)
            draft = actions.correct_minutes(event, by=chair.user, reason="A wrong number.")
            draft.decisions.get().organisations.add(lejre)
            actions.approve_minutes(draft, by=chair.user, revision=draft.revision)
    ActionPoint.objects.update(due_on=timezone.localdate() - timedelta(days=3))
    return {"": None, "chair": chair.user, "member": member.user, "group": chair.group.slug}


VISITOR = ("events/to-come/agenda/", "events/approved/minutes/", "events/approved/minutes/1/", "events/decisions/",
           "events/decisions/?q=lamp",
           "working-groups/{group}/meetings/", "working-groups/{group}/decisions/", "events/approved/")  # fmt: skip
CHAIR = ("events/to-come/agenda/", "events/to-come/agenda/{item}/edit/", "events/approved/minutes/", "events/draft/minutes/",
         "events/draft/minutes/edit/", "working-groups/{group}/action-points/", "events/action-points/")  # fmt: skip
MEMBER = ("events/to-come/agenda/", "events/draft/minutes/", "events/action-points/", "events/action-points/?show=done")


@pytest.mark.parametrize(("scheme", "width", "language"), [("light", 360, "sv"), ("dark", 768, "da"), ("light", 1440, "en")])
@pytest.mark.parametrize(("part", "paths"), [("", VISITOR), ("chair", CHAIR), ("member", MEMBER)], ids=["visitor", "chair", "member"])
def test_pages_are_accessible(new_page, live_site, site, part, paths, scheme, width, language):
    page = new_page(color_scheme=scheme, viewport={"width": width, "height": 900})
    signed_in(page, live_site, site[part])
    item, found = AgendaItem.objects.filter(event__slug="to-come").first().pk, {}
    for path in paths:
        status = page.goto(f"{live_site}/{language}/{path.format(group=site['group'], item=item)}").status
        found[path] = (status, violations(page), sideways(page))
    assert found == dict.fromkeys(paths, (200, [], 0))


def draft_of():
    return Minutes.objects.get(event__slug="draft")


def test_what_is_typed_is_saved_by_itself(page, live_site, site):
    signed_in(page, live_site, site["chair"])
    page.goto(f"{live_site}/en/events/draft/minutes/edit/")
    page.get_by_label("What was said").first.fill("Saved while typing.")
    expect(page.locator("[data-status]")).to_contain_text("Draft saved", timeout=20_000)
    assert content_of(draft_of())["points"][0]["text"] == "Saved while typing."
    page.reload()
    expect(page.get_by_label("What was said").first).to_have_value("Saved while typing.")


def test_a_row_more_by_the_script_is_one_row(page, live_site, site):
    signed_in(page, live_site, site["chair"])
    page.goto(f"{live_site}/en/events/draft/minutes/edit/")
    page.get_by_role("button", name="Add a decision").click()
    page.get_by_label("What was decided").last.fill("We count.")
    expect(page.locator("[data-status]")).to_contain_text("Draft saved", timeout=20_000)
    page.get_by_label("Dissent").last.fill("Not all of us.")
    page.wait_for_timeout(2500)
    page.get_by_role("button", name="Save and read").click()
    expect(page.get_by_text("Not all of us.")).to_be_visible()
    assert draft_of().decisions.count() == 2


def test_minutes_are_written_without_a_script(new_page, live_site, site):
    page = new_page(java_script_enabled=False)
    signed_in(page, live_site, site["chair"])
    page.goto(f"{live_site}/en/events/draft/minutes/edit/")
    page.get_by_role("button", name="Add an action point").click()
    page.get_by_label("What is to be done").last.fill("Lend out the meters")
    page.get_by_role("button", name="Save and read").click()
    expect(page.get_by_role("rowheader", name="Lend out the meters")).to_be_visible()
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_text("Approved on")).to_be_visible()


def test_on_paper_the_buttons_are_gone(page, live_site, site):
    signed_in(page, live_site, site["chair"])
    page.goto(f"{live_site}/en/events/approved/minutes/")
    page.emulate_media(media="print")
    assert page.locator("main button:visible, main .button:visible, main form:visible").count() == 0
    expect(page.get_by_text("We count kWh per lit kilometre.")).to_be_visible()


WRITTEN = (AgendaItem, Minutes, MinutesPoint, Attendee, Decision, AgreedAction, ActionPoint)
LEFT_OUT = {"state", "language", "presence"}


def test_tc18_markup_stays_text(new_page, live_site, site):
    """Each payload in each text of agendas, minutes and action points; nothing runs, and each stands there as it was typed."""
    for model in WRITTEN:
        for place, row in enumerate(model._base_manager.order_by("pk")):
            payloads = PAYLOADS[place % len(PAYLOADS) :] + PAYLOADS[: place % len(PAYLOADS)]
            for field in model._meta.local_fields:
                if isinstance(field, models.CharField | models.TextField) and field.name not in LEFT_OUT:
                    setattr(row, field.attname, "\n".join(payloads)[: field.max_length or 4_000])
            row.save()
    page = new_page()
    page.on("dialog", lambda dialog: pytest.fail(f"{page.url} opened a dialog: {dialog.message}"))
    item = AgendaItem.objects.filter(event__slug="to-come").first().pk
    for part, paths in (("chair", {*VISITOR, *CHAIR}), ("member", MEMBER)):
        signed_in(page, live_site, site[part])
        for path in paths:
            page.goto(f"{live_site}/en/{path.format(group=site['group'], item=item)}")
            assert page.locator("main :is(script:not([type]), iframe, [onload], [onerror], [onclick], [href^='javascript:'])").count() == 0
    page.goto(f"{live_site}/en/events/approved/minutes/")
    expect(page.get_by_text("<script>alert(1)</script>").first).to_be_visible()
