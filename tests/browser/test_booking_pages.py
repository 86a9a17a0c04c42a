"""Every type of page of bookings and visits in a real browser: accessible in both schemes, as wide as the window, used by keyboard."""

from datetime import datetime, time, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from bookings import actions
from bookings.models import Visit
from tests.conftest import of
from tests.factories import LivingLabFactory, OfferFactory, OrganisationFactory, UserFactory
from tests.support.axe import sideways, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OFFER = "living-labs/street/offers/tour/"
VISITOR = ("living-labs/street/", OFFER, f"{OFFER}calendar/", f"{OFFER}calendar/?as=list", "living-labs/street/offers/poles/")
HOST = ("living-labs/street/calendar/", "living-labs/street/calendar/?as=list", "visits/", "visits/{asked}/", "visits/{over}/", "desk/")
GUEST = (f"{OFFER}visit/", "visits/", "visits/{proposed}/", "visits/{thanked}/", "visits/{cancelled}/", "events/mine/")


def ask(offer, by, days, name):
    start = datetime.combine(timezone.localdate() + timedelta(days=days), time(10))
    words = {"delegation": name, "people": 12, "language": "en", "purpose": "Lamps that see snow"}
    return actions.ask_for_visit(offer, by=by, start=start, end=start + timedelta(hours=2), **words)


def over(visit, by):
    actions.confirm(visit, by=by, practical="At the gate")
    now = timezone.now()
    Visit.objects.filter(pk=visit.pk).update(starts_at=now - timedelta(hours=4), ends_at=now - timedelta(hours=2))
    visit.refresh_from_db()


@pytest.fixture
def site(live_site):
    lejre = OrganisationFactory(name="Lejre Kommune")
    owner, guest = of(lejre, "owner", name="Olga Owner"), UserFactory(name="Gustav Guest")
    lab = LivingLabFactory(organisation=lejre, slug="street")
    tour = OfferFactory(lab=lab, slug="tour", kind="visit", lead_days=3, most_people=20, text__title="Guided tour", capacity=2)
    poles = OfferFactory(lab=lab, slug="poles", capacity=3, text__title="Poles")
    today = timezone.localdate()
    actions.hold(poles, start=today, end=today + timedelta(days=20), by=owner, title="Radar that counts cyclists in snow")
    actions.block(poles, start=today + timedelta(days=25), end=today + timedelta(days=30), by=owner, title="New cables")
    names = ("asked", "proposed", "cancelled", "over", "thanked")
    visits = {name: ask(tour, guest, 10 + number, f"Delegation {name}") for number, name in enumerate(names)}
    actions.propose(visits["proposed"], by=owner, start=visits["asked"].starts_at + timedelta(days=20),
                    end=visits["asked"].ends_at + timedelta(days=20), reason="Snow")  # fmt: skip
    actions.confirm(visits["cancelled"], by=owner), actions.cancel(visits["cancelled"], by=guest, reason="No train")
    over(visits["over"], owner), over(visits["thanked"], owner)
    actions.thank(visits["thanked"], by=owner, text="Thank you")
    actions.new_key(lab, by=owner)
    return {"": None, "host": owner, "guest": guest, "visits": {name: one.pk for name, one in visits.items()}}


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
    found = {}
    for path in paths:
        page.goto(f"{live_site}/en/{path.format(**site['visits'])}")
        found[path] = (violations(page), sideways(page))
    assert found == {path: ([], 0) for path in paths}


def test_a_visit_is_asked_for_and_confirmed_by_keyboard_without_script(new_page, live_site, site):
    page = new_page(java_script_enabled=False)
    signed_in(page, live_site, site["guest"])
    page.goto(f"{live_site}/en/{OFFER}calendar/?month={timezone.localdate() + timedelta(days=40):%Y-%m}")
    page.locator("table.capacity td a").first.focus()
    page.keyboard.press("Enter")
    page.fill("input[name=delegation]", "City of Lund")
    page.fill("input[name=people]", "12")
    page.fill("textarea[name=purpose]", "Lamps")
    page.locator("main form button[type=submit]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/visits/*/")
    assert page.locator("h1").inner_text() == "City of Lund"
    host = new_page(java_script_enabled=False)
    signed_in(host, live_site, site["host"])
    host.goto(page.url)
    host.locator("#verb-confirm button[type=submit]").focus()
    host.keyboard.press("Enter")
    host.get_by_text("The visit is confirmed, and the guests are told.").wait_for()
    page.reload()
    assert page.locator(".noun-head .state").inner_text().strip() == "Confirmed"
