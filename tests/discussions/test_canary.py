"""A word that stands only in the discussions of a private group is looked for in everything outsiders are answered (TC-15)."""

import uuid

import pytest
from django.core.files.base import ContentFile

from discussions import actions
from notifications.actions import follow
from records.actions import add_attachment
from tests.conftest import of
from tests.factories import GroupMembershipFactory, OrganisationFactory, ProfileFactory, UserFactory, WorkingGroupFactory
from tests.support.told import told
from workinggroups.actions import leave

pytestmark = pytest.mark.django_db
CANARY = "Quokkabird"
PRIVATE = {"visibility": "private", "joining": "invitation"}


@pytest.fixture
def secret(db):
    """A private group that talks of it in a title, posts, an edit, a draft, a file and its description."""
    owner = OrganisationFactory(slug="shared-owner")
    group = WorkingGroupFactory(slug="hidden", organisation=owner, **PRIVATE)
    chair = GroupMembershipFactory(group=group, role="chair", user=UserFactory(name="The member")).user
    ProfileFactory(user=chair, slug="the-member", listed_to="everybody")
    thread = actions.start(group, by=chair, title=f"{CANARY} title", text=f"{CANARY} text, @[The member]", language="en")
    post = actions.write(thread, by=chair, text=f"{CANARY} before", language="en")
    actions.edit(post, by=chair, text=f"{CANARY} after", language="en")
    actions.keep_draft(chair, group, thread=thread, text=f"{CANARY} draft")
    group.file = add_attachment(post, ContentFile(b"%PDF-1.4 x", name=f"{CANARY}.pdf"), by=chair)
    group.thread, group.chair, group.post = thread, chair, post
    return group


def doors(group):
    topic = f"/en/working-groups/hidden/discussions/{group.thread.pk}/"
    return [
        "/en/", "/en/desk/", "/en/notifications/", "/en/notifications/follows/", "/en/search/?q=quokkabirds",
        "/en/search/?q=quokkabirds&kind=discussions", "/sv/search/?q=quokk", "/en/working-groups/", "/en/working-groups/feed/",
        "/en/working-groups/export.csv", "/en/working-groups/mine/", "/en/people/the-member/", "/en/organisations/shared-owner/",
        "/sitemap.xml", "/sitemap-working-groups-1.xml", "/en/working-groups/hidden/discussions/?q=quokkabirds",
        "/en/working-groups/hidden/discussions/new/", "/en/working-groups/hidden/discussions/names/?q=the", topic, f"{topic}1/",
        f"{topic}2/history/", f"{topic}2/edit/", group.file.get_absolute_url(), f"/en/report/post/{group.post.pk}/",
    ]  # fmt: skip


def tellers(client, group):
    found = {path: client.get(path).getvalue().decode(errors="replace").lower() for path in doors(group)}
    said = {path: text.replace("quokkabirds", "").replace("q=quokk", "").replace('value="quokk"', "") for path, text in found.items()}
    # An address that was asked for is repeated; the file is asked for by its name.
    return [path for path, text in said.items() if CANARY.lower() in text.replace(path.rpartition("/")[2].lower() or "/", "")]


def test_its_members_find_it(client, secret):
    client.force_login(secret.chair)
    assert {"/en/search/?q=quokkabirds", f"/en/working-groups/hidden/discussions/{secret.thread.pk}/"} - set(
        tellers(client, secret)
    ) == set()


@pytest.mark.parametrize("part", ["nobody", "stranger", "colleague", "suspended"])
def test_tc15_what_is_said_in_a_private_group_is_not_told_to_outsiders(client, secret, part, request):
    person = request.getfixturevalue(part)
    if part != "nobody":
        client.force_login(person)
    assert tellers(client, secret) == []


def test_tc15_nor_to_the_founders_colleagues_nor_to_who_has_left(client, secret):
    client.force_login(of(secret.organisation, "owner"))
    assert tellers(client, secret) == []
    person = GroupMembershipFactory(group=secret, user=UserFactory(name="Former")).user
    follow(person, secret.thread)
    leave(secret, by=person)
    actions.write(secret.thread, by=secret.chair, text=f"{CANARY}, @[Former]", language="en")
    client.force_login(person)
    assert (tellers(client, secret), [row for row in told() if row[1] == "Former"]) == ([], [])


def test_tc15_no_door_beside_the_group_opens(client, secret, stranger):
    client.force_login(stranger)
    addresses = [f"/en/report/post/{secret.post.pk}/", f"/en/notifications/follow/discussion/{secret.thread.pk}/"]
    assert [client.post(address, {"reason": "spam"}).status_code for address in addresses] == [404, 404]


def test_tc15_another_group_does_not_open_its_discussions(client, secret, group, bo):
    client.force_login(bo)
    assert client.get(f"/en/working-groups/the-group/discussions/{secret.thread.pk}/").status_code == 404
    form = {"text": "x", "language": "en", "key": uuid.uuid4()}
    assert client.post(f"/en/working-groups/the-group/discussions/{secret.thread.pk}/write/", form).status_code == 404


def test_visitors_of_a_public_group_read_no_word_of_its_discussions(client, secret):
    type(secret).objects.filter(pk=secret.pk).update(visibility="public")
    assert tellers(client, secret) == []
