"""Every type of page of working groups in a real browser: accessible in both schemes, as wide as the window.

As in test_pages.py, `new_page` adds that no page asks another site, breaks the policy or fails in a script.
"""

import pytest
from django.test import Client

from tests.conftest import of
from tests.factories import GroupMembershipFactory, OrganisationFactory, ProjectFactory, ThemeFactory, UserFactory, WorkingGroupFactory
from tests.support.axe import sideways, violations
from workinggroups import actions

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

VISITOR = ("", "?closed=1", "?q=nothing-like-it", "lamps/", "lamps/members/", "done/")
CHAIR = ("mine/", "new/", "lamps/", "lamps/members/", "lamps/edit/", "lamps/announce/", "lamps/announcements/", "lamps/close/")
STRANGER = ("mine/", "new/", "asked/ask/", "full/")


@pytest.fixture
def site(live_site):
    lejre = OrganisationFactory(name="Lejre Kommune")
    chair = of(lejre, "owner", name="Carla Chair")
    lamps = WorkingGroupFactory(organisation=lejre, slug="lamps", themes=[ThemeFactory(slug="lighting")], tags=["lamps"], member_limit=2)
    lamps.projects.add(ProjectFactory())
    held = GroupMembershipFactory(group=lamps, user=chair, role="chair", organisation=lejre)
    GroupMembershipFactory(group=lamps, organisation=lejre)
    actions.give_seat(lamps, lejre, by=chair, holder=held)
    actions.join(lamps, by=UserFactory(name="Wanda Waits"))
    actions.invite(lamps, "new@example.org", by=chair)
    actions.announce(lamps, by=chair, key="8f14e45f-ceea-467f-a0e6-b5d4f8e2d2c1", subject="Moved", text="To **Thursday**.")
    asked = WorkingGroupFactory(slug="asked", joining="request", text__language="da")
    GroupMembershipFactory(group=asked, user=chair, role="chair")
    stranger = UserFactory(name="Sten Stranger")
    actions.ask_to_join(asked, by=UserFactory(name="Asta Asks"), note="I count lamps.")
    full = WorkingGroupFactory(slug="full", member_limit=1)
    GroupMembershipFactory(group=full, role="chair")
    actions.join(full, by=stranger)
    done = WorkingGroupFactory(slug="done", organisation=lejre)
    actions.close(done, by=chair, summary="We made **a method**.")
    return {"": None, "chair": chair, "stranger": stranger}


def signed_in(page, live_site, person):
    if person:
        client = Client()
        client.force_login(person)
        page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_site}])


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("part", "paths"), [("", VISITOR), ("chair", CHAIR), ("stranger", STRANGER)], ids=["visitor", "chair", "stranger"])
def test_pages_are_accessible(new_page, live_site, site, part, paths, scheme):
    page = new_page(color_scheme=scheme, viewport={"width": 768, "height": 900})
    signed_in(page, live_site, site[part])
    found = {}
    for path in paths:
        assert page.goto(f"{live_site}/da/working-groups/{path}").status == 200
        found[path] = (violations(page), sideways(page))
    assert found == dict.fromkeys(paths, ([], 0))
