"""Organisations named as partners: asked when they can read it, they confirm or decline; the answer outlives the author's edits."""

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from common.errors import WrongState
from common.rules import can_see
from notifications.actions import follow
from projects import actions
from projects.models import Project
from records.models import AuditEntry
from tests.conftest import of
from tests.factories import OrganisationFactory, PartnerFactory, ProjectFactory, UserFactory
from tests.support.threads import at_once
from tests.support.told import told

pytestmark = pytest.mark.django_db


@pytest.fixture
def works(db):
    return OrganisationFactory(name="Lamp Works", slug="lamp-works", type="company")


@pytest.fixture
def works_editor(works):
    return of(works, "editor", name="Works editor")


@pytest.fixture
def asked(organisation, owner, works):
    """A published project on which Lamp Works is asked."""
    project = ProjectFactory(organisation=organisation, created_by=owner, text__title="Lamps")
    PartnerFactory(project=project, organisation=works, state="asked")
    return project


def states(project):
    return {str(partner): partner.state for partner in Project.objects.get(pk=project.pk).partners.all()}


def call(client, project, verb, **data):
    return client.post(f"/en/projects/{project.slug}/partner/{verb}/", data)


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


# ---- asking


def test_nobody_is_asked_while_a_draft_is_typed(organisation, owner, works, works_editor):
    text = {"language": "en", "title": "Lamps"}
    partners = [{"organisation": works, "role": "supplier"}, {"name": "A free name", "role": "funder"}]
    project = actions.create_project(organisation, by=owner, texts=[text], kind="pilot", phase="idea", partners=partners)
    actions.update_project(project, by=owner, partners=partners)
    assert (states(project), told("partner.asked")) == ({"Lamp Works": "", "A free name": ""}, [])


def test_publishing_asks_each_named_organisation_once(organisation, owner, works, works_editor):
    project = ProjectFactory(organisation=organisation, state="draft")
    for role in ("supplier", "research"):
        PartnerFactory(project=project, organisation=works, role=role)
    PartnerFactory(project=project, organisation=None, name="A free name")
    PartnerFactory(project=project, organisation=organisation, role="lead")
    actions.publish(project, by=owner)
    assert states(project) == {"Lamp Works": "asked", "A free name": "", "Lejre Kommune": ""}
    assert told() == [("partner.asked", "Works editor", "partner")]


def test_a_partner_added_to_what_is_published_is_asked(asked, owner):
    added = OrganisationFactory(name="Added")
    of(added, "owner", name="Added owner")
    rows = [{"organisation": partner.organisation, "role": partner.role} for partner in asked.partners.all()]
    actions.update_project(asked, by=owner, partners=[*rows, {"organisation": added, "role": "funder"}])
    assert (states(asked), told()) == ({"Lamp Works": "asked", "Added": "asked"}, [("partner.asked", "Added owner", "partner")])


def test_an_edit_keeps_the_answer_of_rows_that_stay(asked, owner, works, works_editor):
    actions.confirm_partner(asked, works, by=works_editor)
    rows = [{"name": "New, and first", "role": "funder"}, {"organisation": works, "role": "partner"}]
    actions.update_project(asked, by=owner, partners=rows)
    assert states(asked) == {"New, and first": "", "Lamp Works": "confirmed"}


def test_a_proposal_is_not_asked(organisation, owner):
    project = ProjectFactory(organisation=organisation, state="draft")
    PartnerFactory(project=project, organisation=OrganisationFactory(name="Proposed", verified_at=None))
    actions.publish(project, by=owner)
    assert states(project) == {"Proposed": ""}


# ---- answering


def test_confirming_is_shown_recorded_and_told(client, asked, owner, works, works_editor):
    client.force_login(works_editor)
    response = call(client, asked, "confirm")
    assert (said(response), states(asked)) == (["Lamp Works is confirmed as a partner."], {"Lamp Works": "confirmed"})
    assert told() == [("partner.confirmed", "Owner", "author")]
    assert list(AuditEntry.objects.values_list("verb", "by__name")) == [("confirm_partner", "Works editor")]


def test_a_confirmed_partner_has_a_mark(client, asked, works):
    before = client.get(asked.get_absolute_url()).content.decode()
    asked.partners.update(state="confirmed")
    assert ("Confirmed" in before, "Confirmed" in client.get(asked.get_absolute_url()).content.decode()) == (False, True)


def test_declining_takes_the_name_from_every_page(client, asked, owner, works, works_editor):
    actions.decline_partner(asked, works, by=works_editor, reason="We only sold the poles.")
    pages = [asked.get_absolute_url(), "/en/projects/export.csv", "/en/projects/?q=works", "/en/projects/?organisation=lamp-works"]
    told_by = [path for path in pages if "Lamp Works" in client.get(path).getvalue().decode()]
    assert (told_by, told()) == ([], [("partner.declined", "Owner", "author")])


def test_its_writers_see_that_a_partner_declined(client, asked, owner):
    asked.partners.update(state="declined")
    client.force_login(owner)
    assert "Declined, and not shown to others: Lamp Works" in " ".join(client.get(asked.get_absolute_url()).content.decode().split())


def test_a_declined_partner_is_an_outsider_again(asked, works, works_editor):
    Project.objects.update(visibility="organisation")
    seen = []
    for state in ("", "asked", "confirmed", "declined"):
        asked.partners.update(state=state)
        project = Project.objects.get(pk=asked.pk)
        by_queryset = Project.objects.visible_to(works_editor).filter(pk=asked.pk).exists()
        seen.append((state, by_queryset, can_see(works_editor, project)))
    assert seen == [("", True, True), ("asked", True, True), ("confirmed", True, True), ("declined", False, False)]


def test_one_refusal_does_not_shut_out_another_partner(asked, works_editor):
    Project.objects.update(visibility="organisation")
    other = PartnerFactory(project=asked, state="confirmed").organisation
    asked.partners.exclude(organisation=other).update(state="declined")
    member = of(other, "member")
    assert (Project.objects.visible_to(member).count(), Project.objects.visible_to(works_editor).count()) == (1, 0)


def test_declining_what_one_cannot_see_any_more_leads_to_the_catalogue(client, asked, works_editor):
    Project.objects.update(visibility="organisation")
    client.force_login(works_editor)
    assert call(client, asked, "decline", reason="No").url == "/en/projects/"


def test_a_refusal_can_be_taken_back(asked, works, works_editor):
    actions.decline_partner(asked, works, by=works_editor)
    actions.confirm_partner(asked, works, by=works_editor)
    assert states(asked) == {"Lamp Works": "confirmed"}


@pytest.mark.parametrize(
    ("part", "status"),
    [("nobody", 302), ("stranger", 403), ("colleague", 403), ("editor", 403), ("owner", 403), ("moderator", 403), ("suspended", 403)],
)
def test_tc14_nobody_answers_for_an_organisation_of_others(client, asked, part, status, request):
    person = request.getfixturevalue(part)
    if person.is_authenticated:
        client.force_login(person)
    assert (call(client, asked, "confirm").status_code, states(asked)) == (status, {"Lamp Works": "asked"})


def test_a_plain_member_of_the_partner_does_not_answer(client, asked, works):
    client.force_login(of(works, "member"))
    assert call(client, asked, "confirm").status_code == 403


def test_tc21_one_answers_for_ones_own_organisation_only(client, asked, works_editor):
    other = PartnerFactory(project=asked, state="asked").organisation
    client.force_login(works_editor)
    assert call(client, asked, "confirm", organisation=other.pk).status_code == 404
    assert set(asked.partners.values_list("state", flat=True)) == {"asked"}


@pytest.mark.parametrize("named", ["", "0", "9" * 40, "x", "\x00", "-1"])
def test_an_organisation_that_is_not_there_is_no_error(client, asked, works_editor, named):
    client.force_login(works_editor)
    assert call(client, asked, "confirm", organisation=named).status_code == (302 if named == "" else 404)


def test_one_who_writes_for_two_partners_says_which(client, asked, works, works_editor):
    second = PartnerFactory(project=asked, state="asked").organisation
    of(second, "owner")
    second.memberships.create(user=works_editor, role="owner")
    client.force_login(works_editor)
    statuses = call(client, asked, "confirm").status_code, call(client, asked, "confirm", organisation=works.pk).status_code
    assert (statuses, states(asked)["Lamp Works"]) == ((404, 302), "confirmed")


@pytest.mark.parametrize("verb", [actions.confirm_partner, actions.decline_partner])
@pytest.mark.parametrize("state", ["draft", "submitted", "withdrawn", "hidden"])
def test_there_is_nothing_to_answer_where_it_cannot_be_read(asked, works, works_editor, verb, state):
    Project.objects.update(state=state)
    with pytest.raises(WrongState):
        verb(asked, works, by=works_editor)


def test_a_double_click_is_one_answer_and_a_sentence(client, asked, works_editor):
    client.force_login(works_editor)
    answers = [call(client, asked, "confirm") for _ in range(2)]
    assert said(answers[1])[-1] == "This is answered already: “Confirmed”."
    assert AuditEntry.objects.count() == 1


def test_the_ask_stands_on_the_page_for_those_who_answer(client, asked, works_editor, owner):
    seen = []
    for person in (works_editor, owner, UserFactory()):
        client.force_login(person)
        seen.append("Is Lamp Works a partner in this project?" in client.get(asked.get_absolute_url()).content.decode())
    assert seen == [True, False, False]


def test_tc18_a_reason_is_shown_as_text(asked, works, works_editor, client, owner):
    actions.decline_partner(asked, works, by=works_editor, reason="<script>alert(1)</script>")
    client.force_login(owner)
    page = client.get(f"/en/projects/{asked.slug}/history/").content.decode()
    assert ("<script>alert" in page, "&lt;script&gt;alert(1)" in page) == (False, True)


def test_followers_hear_nothing_of_answers(asked, works, works_editor, organisation):
    follow(UserFactory(), organisation)
    actions.confirm_partner(asked, works, by=works_editor)
    assert told() == [("partner.confirmed", "Owner", "author")]


@pytest.mark.django_db(transaction=True)
def test_confirm_against_decline_in_the_same_second(asked, works, works_editor):
    second = of(works, "owner")
    clients = [Client(), Client()]
    for client, person in zip(clients, (works_editor, second), strict=True):
        client.force_login(person)
    answers = at_once(lambda: call(clients[0], asked, "confirm"), lambda: call(clients[1], asked, "decline", reason="No"))
    assert [answer.status_code for answer in answers] == [302, 302]
    assert (states(asked)["Lamp Works"] in ("confirmed", "declined"), AuditEntry.objects.count()) == (True, 2)


@pytest.mark.django_db(transaction=True)
def test_confirm_against_the_authors_edit_in_the_same_second(asked, owner, works, works_editor):
    rows = [{"organisation": works, "role": "partner"}, {"name": "Another", "role": "funder"}]
    at_once(lambda: actions.confirm_partner(asked, works, by=works_editor), lambda: actions.update_project(asked, by=owner, partners=rows))
    assert states(asked) == {"Lamp Works": "confirmed", "Another": ""}
