"""Doors for the member: joining, asking, proposing, leaving; the list of members and its buttons."""

from urllib.parse import unquote

import pytest
from allauth.account.models import EmailAddress
from bs4 import BeautifulSoup
from django.contrib.messages import get_messages

from organisations import actions
from organisations.models import Domain, DomainRequest, Invitation, JoinRequest, Membership, Organisation
from tests.factories import DomainFactory, MembershipFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
PROPOSAL = {"name": "Harbour Association", "type": "network", "country": "DK", "language": "en"}


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def sign_in(client, person):
    if person.is_authenticated:
        client.force_login(person)
    return client


@pytest.fixture
def recognised(organisation, stranger):
    """The stranger has a confirmed address in the organisation's domain."""
    DomainFactory(organisation=organisation, name="lejre.example")
    EmailAddress.objects.create(user=stranger, email="ida@lejre.example", verified=True, primary=True)
    return stranger


# ---- joining


def test_the_recognised_join_with_one_click(client, organisation, recognised):
    client.force_login(recognised)
    assert soup(client.get("/en/organisations/join/")).select_one('form[action="/en/organisations/lejre-kommune/join/"]')
    response = client.post("/en/organisations/lejre-kommune/join/")
    assert (response.url, said(response)) == ("/en/organisations/lejre-kommune/", ["Welcome: you belong to Lejre Kommune now."])
    assert recognised.memberships.get().role == "member"


@pytest.mark.parametrize(
    ("next", "led_to"), [("/en/projects/new/", "/en/projects/new/"), ("//evil.example/", "/en/organisations/lejre-kommune/")]
)
def test_tc17_joining_leads_on_to_what_somebody_came_for(client, organisation, recognised, next, led_to):
    client.force_login(recognised)
    field = soup(client.get("/en/organisations/join/", {"next": next})).select_one("main [name=next]")
    response = client.post("/en/organisations/lejre-kommune/join/", {"next": next})
    assert (field is not None, response.url) == (led_to == next, led_to)


def test_others_are_refused_in_words(client, organisation, stranger):
    client.force_login(stranger)
    response = client.post("/en/organisations/lejre-kommune/join/")
    assert said(response) == ["None of your confirmed addresses is in a domain of Lejre Kommune."]
    assert not stranger.memberships.exists()


@pytest.mark.parametrize("page", ["mine", "join", "propose"])
def test_pages_of_ones_own_lead_visitors_to_sign_in_and_back(client, db, page):
    response = client.get(f"/en/organisations/{page}/")
    assert unquote(response.url) == f"/en/accounts/login/?next=/en/organisations/{page}/"


@pytest.mark.parametrize("page", ["mine", "join", "propose", "lejre-kommune/ask", "lejre-kommune/members", "lejre-kommune/edit"])
def test_the_suspended_find_these_pages_closed(client, suspended, page):
    client.force_login(suspended)
    assert client.get(f"/en/organisations/{page}/").status_code == 403


def test_the_page_of_an_organisation_offers_the_way_in(client, organisation, recognised, colleague):
    EmailAddress.objects.create(user=colleague, email=colleague.email, verified=True)
    texts = {}
    for person in (None, UserFactory(name="Other"), recognised, colleague):
        client.logout()
        if person:
            client.force_login(person)
        tools = soup(client.get("/en/organisations/lejre-kommune/")).select_one(".noun-head").get_text(" ", strip=True)
        texts[person and person.name] = ("Ask to join" in tools, "Join" in tools.replace("Ask to join", ""), "Members" in tools)
    assert texts == {
        None: (True, False, False), "Other": (True, False, False), "Stranger": (False, True, False), "Colleague": (False, False, True),
    }  # fmt: skip


def test_asking_keeps_the_note_and_says_what_comes(client, organisation, owner, stranger):
    client.force_login(stranger)
    response = client.post("/en/organisations/lejre-kommune/ask/", {"note": "I start in May"})
    assert (response.url, said(response)) == (
        "/en/organisations/join/", ["Your request is sent. You hear as soon as somebody answers."],
    )  # fmt: skip
    assert JoinRequest.objects.get().note == "I start in May"


@pytest.mark.parametrize("note", ["a%00b", "x" * 300_000, "%ED%A0%80", "%F0%9F%8F%99", "%CC%81" * 10_000])
def test_tc23_a_note_that_cannot_be_kept_comes_back(client, organisation, stranger, note):
    client.force_login(stranger)
    form = "application/x-www-form-urlencoded"
    response = client.post("/en/organisations/lejre-kommune/ask/", f"note={note}", content_type=form)
    assert response.status_code in (200, 302, 400)
    assert JoinRequest.objects.count() == (response.status_code == 302)


def test_only_ones_own_request_is_withdrawn(client, organisation, owner, stranger, colleague):
    wish = actions.ask_to_join(organisation, by=stranger)
    statuses = []
    for person in (colleague, owner, stranger):
        client.force_login(person)
        statuses.append(client.post(f"/en/organisations/requests/{wish.pk}/withdraw/").status_code)
    assert statuses == [404, 404, 302]


def test_leaving_leads_to_ones_organisations(client, organisation, owner, colleague):
    client.force_login(colleague)
    response = client.post("/en/organisations/lejre-kommune/leave/")
    assert (response.url, colleague.memberships.count()) == ("/en/organisations/mine/", 0)


def test_the_search_finds_what_one_may_join(client, organisation, stranger):
    client.force_login(stranger)
    OrganisationFactory(name="Lejre Proposal", verified_at=None)
    page = client.get("/en/organisations/join/?q=lejre")
    assert page.context["found"] == [organisation]


@pytest.mark.parametrize("address", ["/en/organisations/mine/", "/en/organisations/join/?q=testby"])
def test_pages_of_ones_own_have_one_number_of_queries(client, same_queries, recognised, address):
    client.force_login(recognised)

    def add():
        mine, other = OrganisationFactory(), OrganisationFactory()
        MembershipFactory(user=recognised, organisation=mine, role="owner")
        actions.ask_to_join(other, by=recognised)
        actions.ask_to_join(mine, by=UserFactory())

    assert same_queries(address, add) <= 20


# ---- proposing


def test_proposing_makes_the_proposer_its_owner(client, stranger):
    client.force_login(stranger)
    response = client.post("/en/organisations/propose/", {**PROPOSAL, "description": "Boats"})
    proposal = Organisation.objects.get()
    assert (response.url, proposal.verified_at, stranger.memberships.get().role) == (proposal.get_absolute_url(), None, "owner")


def test_what_looks_alike_is_shown_first_and_can_be_passed(client, organisation, stranger):
    client.force_login(stranger)
    data = {**PROPOSAL, "name": "Lejre Komune"}
    shown = client.post("/en/organisations/propose/", data)
    assert (shown.context["form"].alike, Organisation.objects.count()) == ([organisation], 1)
    assert soup(shown).select_one("input[name=name]")["value"] == "Lejre Komune"
    client.post("/en/organisations/propose/", {**data, "none_of_these": "1"})
    assert Organisation.objects.count() == 2


def test_tc21_a_proposal_takes_no_more_than_it_asks_for(client, stranger):
    client.force_login(stranger)
    extra = {"verified_at": "2026-01-01", "verified_by": "1", "slug": "mine", "is_demo": "on", "domains": "koege.dk", "role": "owner",
             "source": "x", "source_key": "y", "id": "7", "parent": "1"}  # fmt: skip
    client.post("/en/organisations/propose/", {**PROPOSAL, **extra})
    proposal = Organisation.objects.get()
    assert (proposal.verified_at, proposal.slug, proposal.is_demo, proposal.source) == (None, "harbour-association", False, "")
    assert not Domain.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("name", "🏙️"), ("name", "x" * 201), ("name", "a\x00"), ("type", "club"), ("country", "XX"), ("municipality", "atlantis"),
     ("website", "javascript:alert(1)"), ("registration_number", "1" * 33), ("language", "tlh"), ("description", "x" * 300_000)],
)  # fmt: skip
def test_errors_stand_at_their_field_and_what_was_typed_stays(client, stranger, field, value):
    client.force_login(stranger)
    response = client.post("/en/organisations/propose/", {**PROPOSAL, "registration_number": "29188700", field: value})
    if response.status_code == 200:
        assert list(response.context["form"].errors) == [field]
        assert field == "registration_number" or soup(response).select_one("[name=registration_number]")["value"] == "29188700"
    assert (response.status_code in (200, 400), Organisation.objects.count()) == (True, 0)


# ---- the list of members

MAY_READ = {"colleague", "editor", "owner", "moderator"}
MAY_MANAGE = {"owner", "moderator"}


def test_who_reads_the_list(client, organisation, anyone):
    status = sign_in(client, anyone).get("/en/organisations/lejre-kommune/members/").status_code
    assert status == (200 if anyone.part in MAY_READ else 302 if anyone.part == "nobody" else 403)


def test_who_manages(client, organisation, anyone):
    row = MembershipFactory(organisation=organisation)
    wish = actions.ask_to_join(organisation, by=UserFactory())
    posts = {
        f"members/{row.pk}/role/": {"role": "editor"}, "invite/": {"email": "a@b.example", "role": "member", "language": "en"},
        f"requests/{wish.pk}/accept/": {}, f"members/{row.pk}/remove/": {},
    }  # fmt: skip
    sign_in(client, anyone)
    answers = {client.post(f"/en/organisations/lejre-kommune/{path}", data).status_code for path, data in posts.items()}
    done = (Membership.objects.filter(pk=row.pk).exists(), Invitation.objects.exists(), wish.user.memberships.exists())
    if anyone.part in MAY_MANAGE:
        assert (answers, done) == ({302}, (False, True, True))
    else:
        assert (answers, done) == ({302} if anyone.part == "nobody" else {403}, (True, False, False))


def test_members_read_names_and_no_addresses(client, organisation, owner, colleague):
    actions.invite(organisation, "guest@elsewhere.example", by=owner)
    client.force_login(colleague)
    page = client.get("/en/organisations/lejre-kommune/members/").content.decode()
    assert ("Owner" in page, owner.email in page, "guest@elsewhere.example" in page, "<form" in page) == (True, False, False, True)


def test_an_error_in_an_invitation_comes_back_with_what_was_typed(client, organisation, owner):
    client.force_login(owner)
    response = client.post("/en/organisations/lejre-kommune/invite/", {"email": "ida at lejre", "role": "editor", "language": "da"})
    page = soup(response)
    assert page.select_one("[name=email]")["value"] == "ida at lejre"
    assert page.select_one("[name=role][checked]")["value"] == "editor"


def test_rows_of_another_organisation_are_not_found(client, organisation, owner):
    other = OrganisationFactory()
    row = MembershipFactory(organisation=other)
    wish = actions.ask_to_join(other, by=UserFactory())
    client.force_login(owner)
    paths = (f"members/{row.pk}/role/", f"members/{row.pk}/remove/", f"members/{row.pk}/hand-over/", f"requests/{wish.pk}/accept/",
             f"requests/{wish.pk}/decline/", "invitations/1/resend/", "members/999999999999/remove/")  # fmt: skip
    assert {client.post(f"/en/organisations/lejre-kommune/{path}").status_code for path in paths} == {404}


def test_tc21_an_unknown_role_changes_nothing(client, organisation, owner, colleague):
    client.force_login(owner)
    row = Membership.objects.get(user=colleague)
    client.post(f"/en/organisations/lejre-kommune/members/{row.pk}/role/", {"role": "superuser", "user": owner.pk, "is_staff": "1"})
    row.refresh_from_db()
    assert (row.role, row.user) == ("member", colleague)


def test_the_last_owner_is_refused_in_words(client, organisation, owner):
    client.force_login(owner)
    response = client.post("/en/organisations/lejre-kommune/leave/")
    assert said(response) == ["Owner is the last owner. Make somebody else an owner first: an organisation is never without one."]


def test_a_moderator_names_an_owner_where_there_is_none(client, organisation, colleague, moderator):
    client.force_login(moderator)
    row = Membership.objects.get(user=colleague)
    assert "No owner can act" in client.get("/en/organisations/lejre-kommune/members/").content.decode()
    client.post(f"/en/organisations/lejre-kommune/members/{row.pk}/role/", {"role": "owner"})
    assert (client.post(f"/en/organisations/lejre-kommune/members/{row.pk}/hand-over/").status_code, colleague.memberships.get().role) == (
        403, "owner",
    )  # fmt: skip


def test_the_list_has_one_number_of_queries(client, organisation, owner, same_queries):
    client.force_login(owner)

    def add():
        MembershipFactory(organisation=organisation)
        actions.ask_to_join(organisation, by=UserFactory())
        actions.invite(organisation, UserFactory().email, by=owner)

    assert same_queries("/en/organisations/lejre-kommune/members/", add) <= 20


def test_html_in_names_and_notes_is_shown_as_text(client, organisation, owner):
    evil = "<img src=x onerror=alert(1)>"
    actions.ask_to_join(organisation, by=UserFactory(name=evil), note=evil)
    MembershipFactory(organisation=organisation, user__name=evil)
    client.force_login(owner)
    assert b"<img src=x" not in client.get("/en/organisations/lejre-kommune/members/").content


# ---- editing

EDIT = {"name": "Lejre Kommune", "type": "municipality", "country": "DK", "original": "da", "description_da": "En by.", "name_en": "Lejre"}


def test_an_owner_writes_in_several_languages(client, organisation, owner):
    client.force_login(owner)
    client.post("/en/organisations/lejre-kommune/edit/", {**EDIT, "website": "lejre.example"})
    organisation.refresh_from_db()
    rows = organisation.texts.order_by("language").values_list("language", "name", "description", "is_original")
    assert list(rows) == [("da", "", "En by.", True), ("en", "Lejre", "", False)]
    assert organisation.website == "https://lejre.example"


def test_who_edits(client, organisation, anyone):
    status = sign_in(client, anyone).post("/en/organisations/lejre-kommune/edit/", {**EDIT, "name": "Changed"}).status_code
    organisation.refresh_from_db()
    expected = 302 if anyone.part in {"owner", "nobody"} else 403
    assert (status, organisation.name) == (expected, "Changed" if anyone.part == "owner" else "Lejre Kommune")


def test_tc21_domains_and_verification_are_not_an_owners_to_write(client, organisation, owner):
    client.force_login(owner)
    Organisation.objects.update(verified_at=None)
    extra = {"verified_at": "2026-01-01", "domains": "koege.dk", "slug": "mine", "parent": "1", "is_demo": "on", "declined_reason": "x"}
    client.post("/en/organisations/lejre-kommune/edit/", {**EDIT, **extra})
    organisation.refresh_from_db()
    assert (organisation.verified_at, organisation.slug, organisation.is_demo) == (None, "lejre-kommune", False)
    assert not Domain.objects.exists()


def test_a_domain_is_asked_for(client, organisation, owner):
    client.force_login(owner)
    client.post("/en/organisations/lejre-kommune/domains/ask/", {"name": "@lejre.example", "note": "Ours"})
    assert (DomainRequest.objects.get().name, Domain.objects.exists()) == ("lejre.example", False)


def test_a_free_mail_domain_is_refused_at_the_field(client, organisation, owner):
    client.force_login(owner)
    response = client.post("/en/organisations/lejre-kommune/domains/ask/", {"name": "gmail.com"})
    assert response.context["domain_form"].errors == {
        "name": ["Anybody can have an address in gmail.com. Give a domain that is your organisation's own."]
    }


def test_texts_in_languages_the_form_does_not_show_stay(client, organisation, owner):
    organisation.texts.create(language="de", description="Eine Stadt.", is_original=True)
    client.force_login(owner)
    client.post("/en/organisations/lejre-kommune/edit/", EDIT)
    assert set(organisation.texts.values_list("language", flat=True)) == {"da", "en", "de"}
