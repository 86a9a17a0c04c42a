"""Every type of page of events in a real browser: accessible in both schemes, as wide as the window.

As in test_pages.py, `new_page` adds that no page asks another site, breaks the policy or fails in a script.
"""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from events import actions
from tests.conftest import of
from tests.factories import (
    EventFactory,
    EventTextFactory,
    MunicipalityFactory,
    OrganisationFactory,
    ProjectFactory,
    ThemeFactory,
    UserFactory,
)
from tests.support.axe import sideways, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PROGRAMME = "| Time | What |\n|---|---|\n| 13.00 | Coffee |\n\n- Bring numbers"
VISITOR = ("", "?when=past", "?kind=course", "month/", "lamps/", "full/", "cancelled/", "over/", "draft/")
HOST = (
    "mine/",
    "new/",
    "lamps/",
    "lamps/edit/",
    "lamps/edit/opening/",
    "lamps/participants/",
    "over/participants/",
    "lamps/history/",
    "draft/",
)
GUEST = ("mine/", "lamps/", "full/", "new/")


@pytest.fixture
def site(live_site):
    lejre = OrganisationFactory(name="Lejre Kommune")
    owner = of(lejre, "owner", name="Olga Owner")
    guest = UserFactory(name="Gustav Guest")
    more = {
        "organisation": lejre,
        "municipality": MunicipalityFactory(name="Lejre", in_portal=True),
        "themes": [ThemeFactory(slug="lighting")],
    }
    lamps = EventFactory(slug="lamps", online_url="https://meet.example.org/a", capacity=5, text__language="da",
                         text__summary="Nine winters.", text__description=PROGRAMME, **more)  # fmt: skip
    lamps.projects.add(ProjectFactory())
    lamps.questions.create(text="What do you eat?", is_required=True)
    EventTextFactory(event=lamps, language="en", title="Lamps, and what they told us in nine long winters")
    full = EventFactory(slug="full", capacity=1, kind="course", **more)
    for person in (owner, guest, UserFactory(name="Wanda Waits")):
        actions.register(full, by=person)
    actions.cancel(EventFactory(slug="cancelled", **more), by=owner, reason="Snow")
    over = EventFactory(slug="over", **more)
    actions.register(over, by=guest)
    type(over).objects.filter(pk=over.pk).update(starts_at=timezone.now() - timedelta(days=2), ends_at=timezone.now() - timedelta(days=1))
    EventFactory(slug="draft", state="draft", **more)
    actions.new_key(guest)
    return {"": None, "host": owner, "guest": guest}


def signed_in(page, live_site, person):
    if person:
        client = Client()
        client.force_login(person)
        page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_site}])


@pytest.mark.parametrize(("scheme", "width"), [("light", 360), ("dark", 768), ("light", 1440)])
@pytest.mark.parametrize(("part", "paths"), [("", VISITOR), ("host", HOST), ("guest", GUEST)], ids=["visitor", "host", "guest"])
def test_pages_are_accessible(new_page, live_site, site, part, paths, scheme, width):
    page = new_page(color_scheme=scheme, viewport={"width": width, "height": 900})
    signed_in(page, live_site, site[part])
    found, wanted = {}, {}
    for path in paths:
        status = page.goto(f"{live_site}/da/events/{path}").status
        wanted[path] = (404 if (part, path) == ("", "draft/") else 200, [], 0)
        found[path] = (status, violations(page), sideways(page))
    assert found == wanted


def test_a_month_is_walked_by_keyboard(page, live_site, site):
    page.goto(f"{live_site}/en/events/month/")
    starts = timezone.now() + timedelta(days=7)
    if starts.month != timezone.localdate().month:
        page.goto(f"{live_site}/en/events/month/?month={starts:%Y-%m}")
    link = page.locator("table.calendar a", has_text="Lamps")
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/events/lamps/")
    assert page.locator("h1").inner_text() == "Lamps, and what they told us in nine long winters"
