"""Groups as people find, read, found and lead them."""

import csv
import io

import feedparser
import pytest
from django.db.models import F
from django.utils import timezone

from common.publishing import State
from notifications.models import Delivery
from organisations.actions import hash_of
from tests.conftest import of
from tests.factories import GroupMembershipFactory, OrganisationFactory, ProjectFactory, ThemeFactory, UserFactory, WorkingGroupFactory
from workinggroups import actions
from workinggroups.enums import ALIVE_FOR, QUIET_FOR
from workinggroups.models import GroupRequest, WorkingGroup

pytestmark = pytest.mark.django_db

LIST = "/en/working-groups/"


def found(client, query=""):
    return sorted(group.slug for group in client.get(LIST + query).context["found"].page)


def entry(**fields):
    """What somebody types into the form."""
    return {"original": "en", "name_en": "Quiet streets", "purpose_en": "Less noise at night.", "why_en": "Nobody measures alone.",
            "visibility": "public", "joining": "open"} | fields  # fmt: skip


# ---- the list


@pytest.fixture
def three(organisation):
    now = timezone.now()
    lamps = ThemeFactory(slug="lamps")
    WorkingGroupFactory(slug="alive", organisation=organisation, themes=[lamps], text__name="Radar lamps")
    WorkingGroupFactory(slug="quiet", joining="request", last_activity_at=now - ALIVE_FOR, text__name="Bins that tell")
    WorkingGroupFactory(slug="asleep", joining="invitation", last_activity_at=now - QUIET_FOR, themes=[lamps], tags=["shared mowers"])
    WorkingGroupFactory(slug="closed", state=State.ARCHIVED)


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("", ["alive", "asleep", "quiet"]),
        ("?theme=lamps", ["alive", "asleep"]),
        ("?theme=lamps&sign=asleep", ["asleep"]),
        ("?sign=quiet&sign=alive", ["alive", "quiet"]),
        ("?joining=request", ["quiet"]),
        ("?organisation=lejre-kommune", ["alive"]),
        ("?q=radar", ["alive"]),
        ("?q=-radar", ["asleep", "quiet"]),
        ("?closed=1", ["closed"]),
        ("?theme=nothing&joining=%00&sign=__", ["alive", "asleep", "quiet"]),
        ("?page=99999999999999999999", ["alive", "asleep", "quiet"]),
    ],
)
def test_the_list_is_narrowed(client, three, query, slugs):
    assert found(client, query) == slugs


def test_a_list_of_any_length_asks_the_same(same_queries):
    theme, organisation = ThemeFactory(), OrganisationFactory()

    def add():
        group = WorkingGroupFactory(organisation=organisation, themes=[theme], tags=["lamps"])
        GroupMembershipFactory(group=group, organisation=organisation)

    assert same_queries(LIST, add) <= 14


def test_feed_and_file_hold_what_the_list_holds(client, three):
    feed = feedparser.parse(client.get(LIST + "feed/?theme=lamps").content)
    rows = list(csv.DictReader(io.StringIO(client.get(LIST + "export.csv?theme=lamps").getvalue().decode("utf-8-sig"))))
    assert len(feed.entries) == len(rows) == 2
    assert {row["slug"] for row in rows} == {"alive", "asleep"}


# ---- the page


def test_a_visitor_reads_who_leads_it_and_how_many_belong_to_it(client, group, chair, member):
    page = client.get(group.get_absolute_url()).content.decode()
    assert ("Chair" in page, ">Member<" in page, "All 2 members" in page) == (True, False, True)


def test_a_member_of_the_portal_reads_everybody(client, group, chair, member, stranger):
    client.force_login(stranger)
    assert ">Member<" in client.get(f"{group.get_absolute_url()}members/").content.decode()


@pytest.mark.parametrize("path", ["", "members/"])
def test_the_address_of_a_member_without_a_name_is_not_shown(client, group, take_in, stranger, path):
    nameless = take_in(group, "chair", user=UserFactory(name="", email="nameless@canary.example")).user
    group.seats.create(organisation=group.organisation, holder=group.memberships.get(user=nameless))
    client.force_login(stranger)
    page = client.get(group.get_absolute_url() + path).content.decode()
    assert ("nameless@" in page, "A member" in page) == (False, True)


@pytest.mark.parametrize("path", ["", "members/"])
def test_a_page_asks_the_same_for_any_number_of_members(client, group, chair, same_queries, path):
    client.force_login(chair)

    def add():
        organisation = OrganisationFactory()
        GroupMembershipFactory(group=group, organisation=organisation)
        group.seats.create(organisation=organisation)
        GroupRequest.objects.create(group=group, user=UserFactory())
        group.projects.add(ProjectFactory())
        actions.invite(group, f"new{group.invitations.count()}@example.org", by=chair)

    assert same_queries(group.get_absolute_url() + path, add) <= 20


def test_what_a_tied_project_hides_stays_hidden(client, group):
    group.projects.add(ProjectFactory(text__title="Seen"), ProjectFactory(text__title="Secret", visibility="members"))
    page = client.get(group.get_absolute_url()).content.decode()
    assert ("Seen" in page, "Secret" in page) == (True, False)


# ---- founding and changing


def test_founding_makes_a_draft_with_a_chair(client, colleague, organisation):
    client.force_login(colleague)
    response = client.post(LIST + "new/", entry(organisation=organisation.pk, tags_add="noise, night"))
    group = WorkingGroup.objects.get()
    assert (response.url, group.state, group.memberships.get().role) == (group.get_absolute_url(), "draft", "chair")
    assert sorted(tag.name for tag in group.tags.all()) == ["night", "noise"]


def test_what_looks_alike_is_shown_first(client, colleague, organisation):
    WorkingGroupFactory(text__name="Quiet streets at night", slug="alike")
    client.force_login(colleague)
    response = client.post(LIST + "new/", entry(organisation=organisation.pk))
    assert ([one.slug for one in response.context["form"].alike], WorkingGroup.objects.count()) == (["alike"], 1)
    client.post(LIST + "new/", entry(organisation=organisation.pk, none_of_these="1"))
    assert WorkingGroup.objects.count() == 2


def test_a_private_group_looks_like_none_and_takes_no_name(client, colleague, organisation):
    WorkingGroupFactory(text__name="Quiet streets", slug="group-0", visibility="private", joining="invitation")
    client.force_login(colleague)
    client.post(LIST + "new/", entry(organisation=organisation.pk, visibility="private", joining="invitation"))
    client.post(LIST + "new/", entry(organisation=organisation.pk, none_of_these="1"))
    slugs = sorted(WorkingGroup.objects.exclude(slug="group-0").values_list("slug", flat=True))
    assert (len(slugs), slugs[0].startswith("group-"), slugs[1]) == (2, True, "quiet-streets")


def test_a_group_is_founded_for_a_verified_organisation(client, stranger):
    client.force_login(stranger)
    assert (client.get(LIST + "new/").status_code, client.post(LIST + "new/", entry()).status_code) == (200, 403)
    client.force_login(of(OrganisationFactory(verified_at=None), "owner"))
    assert client.post(LIST + "new/", entry()).status_code == 403


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"name_en": ""}, "name_en"),
        ({"name_en": "✨"}, "name_en"),
        ({"why_sv": "Varför"}, "name_sv"),
        ({"visibility": "private"}, "joining"),
        ({"mandate_from": "2026", "mandate_to": "2025"}, "mandate_to"),
        ({"member_limit": "0"}, "member_limit"),
        ({"why_en": "a" * 8_001}, "why_en"),
        ({"purpose_en": "a\x00b"}, "purpose_en"),
        ({"organisation": "0"}, "organisation"),
    ],
)
def test_errors_stand_at_their_field_and_nothing_is_lost(client, colleague, organisation, fields, at):
    client.force_login(colleague)
    response = client.post(LIST + "new/", entry(**({"organisation": organisation.pk, "deliverables_en": "A method"} | fields)))
    assert (list(response.context["form"].errors), WorkingGroup.objects.count()) == ([at], 0)
    assert "A method" in response.content.decode()


def test_translations_stand_side_by_side(client, group, chair):
    client.force_login(chair)
    client.post(f"{group.get_absolute_url()}edit/", entry(name_da="Stille gader", purpose_da="Mindre støj."))
    assert "Stille gader" in client.get("/da/working-groups/the-group/").content.decode()
    assert "Quiet streets" in client.get("/sv/working-groups/the-group/").content.decode()


def test_tc21_only_named_fields_are_written(client, group, chair, organisation):
    client.force_login(chair)
    forged = {"state": "archived", "slug": "x", "organisation": OrganisationFactory().pk, "created_by": chair.pk, "role": "chair"}
    client.post(f"{group.get_absolute_url()}edit/", entry(**forged))
    group.refresh_from_db()
    assert (group.state, group.slug, group.organisation, str(group)) == ("published", "the-group", organisation, "Quiet streets")


# ---- what chairs do on the pages


def test_an_invitation_leads_from_the_mail_into_the_group(client, group, chair):
    client.force_login(chair)
    client.post(f"{group.get_absolute_url()}invite/", {"email": "new@example.org", "role": "observer", "language": "en"})
    link = Delivery.objects.get(template="group_invitation").context["url"].split("/", 3)[3]
    new = UserFactory(email="new@example.org", name="New")
    new.emailaddress_set.create(email=new.email, verified=True, primary=True)
    client.force_login(new)
    assert "Outdoor lighting" in client.get(f"/{link}").content.decode()
    client.post(f"{LIST}invitations/{group.invitations.get().pk}/accept/")
    assert group.memberships.get(user=new).role == "observer"


def test_nobody_is_invited_as_chair(client, group, chair):
    client.force_login(chair)
    response = client.post(f"{group.get_absolute_url()}invite/", {"email": "new@example.org", "role": "chair", "language": "en"})
    assert (list(response.context["form"].errors), group.invitations.count()) == (["role"], 0)


def test_seats_are_held_by_members(client, group, chair, member, organisation):
    client.force_login(chair)
    rows = {row.user.name: row.pk for row in group.memberships.all()}
    address = f"{group.get_absolute_url()}seats/"
    client.post(address, {"organisation": organisation.pk, "holder": rows["Chair"], "deputy": rows["Chair"]})
    assert group.seats.count() == 0
    client.post(address, {"organisation": organisation.pk, "holder": rows["Chair"], "deputy": rows["Member"]})
    assert (group.seats.get().holder.user, group.seats.get().deputy.user) == (chair, member)


def test_mine_shows_what_waits(client, group, chair, stranger):
    WorkingGroup.objects.update(joining="request")
    client.force_login(stranger)
    client.post(f"{group.get_absolute_url()}ask/", {"note": "I count lamps."})
    client.force_login(chair)
    assert [wish.user for wish in client.get(LIST + "mine/").context["mine"].waiting] == [stranger]


def test_mine_asks_the_same_for_any_number(client, chair, same_queries):
    client.force_login(chair)

    def add():
        group = WorkingGroupFactory(joining="request")
        GroupMembershipFactory(group=group, user=chair, role="chair")
        GroupRequest.objects.create(group=group, user=UserFactory())

    assert same_queries(LIST + "mine/", add) <= 20


# ---- what is found of a group


def test_a_renamed_theme_is_found_again(organisation):
    from common.search import Matches, TextQuery
    from common.staleness import mark_stale
    from workinggroups.indexing import index_groups, index_stale

    theme = ThemeFactory(names={"en": "Old word"})
    group = WorkingGroupFactory(organisation=organisation, themes=[theme])
    index_groups([group.pk])
    theme.names = {"en": "Zebra"}
    theme.save()
    mark_stale(theme)
    assert index_stale() == 1
    assert group.texts.filter(Matches(F("vector"), TextQuery(["zebra"]))).exists()


def test_tags_of_what_one_may_not_see_are_not_suggested(client, stranger):
    WorkingGroupFactory(tags=["quokka seen"])
    WorkingGroupFactory(tags=["quokka hidden"], visibility="private", joining="invitation")
    client.force_login(stranger)
    found = client.get("/en/projects/suggest/tags/?q=quokka").json()["found"]
    assert [one["value"] for one in found] == ["quokka seen"]


def test_a_page_with_a_link_from_a_mail_lets_its_own_forms_be_sent(client, group, chair):
    """Without any referrer a browser sends `Origin: null`, and the form would be refused; to other sites the token is never told."""
    invitation = actions.invite(group, "new@example.org", by=chair)
    invitation.token_hash = hash_of("token")
    invitation.save()
    assert '<meta name="referrer" content="same-origin">' in client.get(f"{LIST}invitations/token/").content.decode()


def test_the_link_of_a_withdrawn_invitation_tells_no_name(client, group, chair):
    invitation = actions.invite(group, "new@example.org", by=chair)
    invitation.token_hash = hash_of("token")
    invitation.save()
    actions.withdraw_invitation(invitation, by=chair)
    said = client.get(f"{LIST}invitations/token/").content.decode()
    assert (group.text.name in said, "This invitation is not open any more" in said) == (False, True)
