"""A word that stands only in a private group: it is looked for in everything the portal answers outsiders (TC-15)."""

import uuid

import pytest
from django.core.cache import cache

from notifications.actions import follow
from tests.conftest import of
from tests.factories import (
    GroupMembershipFactory,
    MunicipalityFactory,
    OrganisationFactory,
    ProfileFactory,
    ResourceFactory,
    ThemeFactory,
    UserFactory,
    WorkingGroupFactory,
)
from tests.support.told import fan_out, told
from tests.test_hostile import PLAIN
from workinggroups import actions
from workinggroups.models import WorkingGroup

pytestmark = pytest.mark.django_db

CANARY = "Quokkabird"
SLUG = "the-hidden-group"
DOORS = [
    "/en/working-groups/", "/da/working-groups/", "/en/working-groups/?closed=1", "/en/working-groups/?theme=shared-theme",
    "/en/working-groups/?q=quokka", "/en/working-groups/?organisation=shared-owner", "/en/working-groups/feed/",
    "/en/working-groups/feed/?theme=shared-theme", "/en/working-groups/export.csv", "/en/working-groups/mine/",
    "/en/search/", "/en/search/?q=quokkabirds", "/en/search/?q=quokkabirds&kind=groups",
    "/en/", "/en/themes/", "/en/themes/shared-theme/", "/en/municipalities/shared-town/", "/en/organisations/",
    "/en/organisations/shared-owner/", "/en/people/", "/en/people/the-member/", "/en/desk/", "/en/notifications/",
    "/sitemap.xml", "/sitemap-working-groups-1.xml", "/sitemap-organisations-1.xml", "/robots.txt",
    f"/en/working-groups/{SLUG}/", f"/en/working-groups/{SLUG}/members/", f"/en/working-groups/{SLUG}/announcements/",
    f"/en/working-groups/{SLUG}/edit/", f"/en/working-groups/{SLUG}/close/", f"/en/working-groups/{SLUG}/announce/",
    f"/en/working-groups/{SLUG}/resources/", f"/en/working-groups/{SLUG}/resources/?q=quokkabirds", "/en/search/?q=quokkabirds&kind=files",
    f"/en/working-groups/{SLUG}/ask/", f"/sv/working-groups/{SLUG}/", "/en/projects/suggest/tags/?q=quok",
]  # fmt: skip
PRIVATE = {"visibility": "private", "joining": "invitation"}


@pytest.fixture
def secret(db):
    """A group with the word in each of its texts, tags, members, seats, requests and announcements; its member has a page."""
    place = MunicipalityFactory(slug="shared-town", in_portal=True)
    owner = OrganisationFactory(name="Shared owner", slug="shared-owner", municipality=place)
    group = WorkingGroupFactory(
        slug=SLUG, organisation=owner, themes=[ThemeFactory(slug="shared-theme")], tags=["quokkabird nest"], member_limit=2,
        text__name=f"{CANARY} name", text__purpose=f"{CANARY} purpose", text__why=f"{CANARY} why",
        text__deliverables=f"{CANARY} deliverables", text__decides=f"{CANARY} decides", text__keywords=f"{CANARY} nest",
    )  # fmt: skip
    group.texts.create(language="da", name=f"{CANARY} navn", purpose=f"{CANARY} formål")
    chair = UserFactory(name="The member")
    ProfileFactory(user=chair, slug="the-member")
    GroupMembershipFactory(group=group, user=chair, role="chair", organisation=owner)
    GroupMembershipFactory(group=group, user=UserFactory(name=f"{CANARY} member"))
    group.seats.create(organisation=owner)
    folder = actions.make_folder(group, f"{CANARY} folder", by=chair)
    ResourceFactory(
        group=group, folder=folder, title=f"{CANARY} report", description=f"{CANARY} words", audience="everybody", created_by=chair
    )
    actions.join(group, by=UserFactory(name=f"{CANARY} waiting"))
    actions.announce(group, by=chair, key=uuid.uuid4(), subject=f"{CANARY} subject", text=f"{CANARY} text")
    actions.invite(group, "quokkabird@example.org", by=chair, note=f"{CANARY} note")
    return group


def hide(group, **fields):
    WorkingGroup.objects.filter(pk=group.pk).update(**(fields or PRIVATE))
    cache.clear()


def said(client, address):
    return client.get(address).getvalue().decode(errors="replace").lower()


def tellers(client, addresses=DOORS):
    """The addresses that tell the word; one that was asked with it is left to repeat it."""
    return [path for path in addresses if CANARY.lower() in said(client, path).replace("quokkabirds", "").replace("q=quok", "")]


def test_the_word_is_told_while_the_group_is_public(client, secret):
    found = {"/en/working-groups/", "/en/working-groups/feed/", "/en/working-groups/export.csv", "/en/search/?q=quokkabirds",
             "/en/themes/shared-theme/", "/en/municipalities/shared-town/", "/en/organisations/shared-owner/",
             f"/en/working-groups/{SLUG}/"}  # fmt: skip
    assert found - set(tellers(client)) == set()


@pytest.mark.parametrize("part", ["nobody", "stranger", "colleague", "suspended"])
def test_tc15_a_private_group_does_not_exist_for_outsiders(client, secret, part, request):
    person = request.getfixturevalue(part)
    hide(secret)
    if part != "nobody":
        client.force_login(person)
    assert (tellers(client), tellers(client, PLAIN)) == ([], [])


def test_tc15_nor_for_a_colleague_of_its_founders(client, secret):
    hide(secret)
    client.force_login(of(secret.organisation, "owner"))
    assert tellers(client) == []


def test_tc15_nor_for_one_who_has_left(client, secret):
    hide(secret)
    person = GroupMembershipFactory(group=secret, user=UserFactory(name="Former")).user
    client.force_login(person)
    assert f"/en/working-groups/{SLUG}/" in tellers(client)
    actions.leave(secret, by=person)
    assert tellers(client) == []


def test_tc15_what_a_member_asked_before_is_not_kept_for_others(client, secret):
    hide(secret)
    client.force_login(secret.memberships.get(role="chair").user)
    assert tellers(client, ["/en/working-groups/", "/en/themes/shared-theme/"]) != []
    client.logout()
    assert tellers(client) == []


def test_tc15_numbers_do_not_count_it(client, secret):
    hide(secret)
    without = said(client, "/en/working-groups/")
    WorkingGroup.objects.all().delete()
    assert without == said(client, "/en/working-groups/")


def test_tc15_followers_hear_nothing(secret, stranger):
    fan_out()
    follow(stranger, secret)
    follow(stranger, secret.organisation)
    hide(secret)
    actions.close(secret, by=secret.memberships.get(role="chair").user, summary=f"{CANARY} summary")
    assert [row for row in told() if row[1] == "Stranger"] == []


@pytest.mark.parametrize("verb", ["follow", "report"])
def test_tc15_no_door_beside_the_group_opens(client, secret, stranger, verb):
    hide(secret)
    client.force_login(stranger)
    address = {"follow": f"/en/notifications/follow/group/{secret.pk}/", "report": f"/en/report/group/{secret.pk}/"}[verb]
    assert client.post(address, {"reason": "other"}).status_code == 404
