"""The desk: what needs an answer, what the member's organisations have, and the way of somebody new."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from common.publishing import State
from conversations.models import Question
from members.models import Profile
from notifications.actions import follow, notify
from organisations.actions import ask_to_join
from organisations.models import Invitation, JoinRequest
from portal.desk import Desk
from projects.enums import PartnerState
from projects.models import Partner
from taxonomy.models import Theme
from tests.factories import DomainFactory, PartnerFactory, ProjectFactory, SubscriptionFactory, ThemeFactory, UserFactory

pytestmark = pytest.mark.django_db

MOST_QUERIES = 20


def asked(user):
    return [(ask.action, ask.title) for ask in Desk(user).asks]


def test_a_returned_project_waits_for_those_who_may_mend_it(colleague, editor, stranger, organisation):
    ProjectFactory(organisation=organisation, state=State.RETURNED, text__title="Lamps", state_reason="One number is missing")
    assert [asked(person) for person in (editor, colleague, stranger)] == [[("Mend", "Lamps")], [], []]


def test_a_draft_waits_for_its_author(colleague, editor, organisation):
    ProjectFactory(organisation=organisation, state=State.DRAFT, created_by=colleague, text__title="Salt")
    assert (asked(colleague), asked(editor)) == ([("Go on", "Salt")], [])


def test_the_table_shows_what_the_organisation_has(client, colleague, organisation):
    for state in (State.DRAFT, State.PUBLISHED, State.HIDDEN):
        ProjectFactory(organisation=organisation, state=state)
    ProjectFactory()
    client.force_login(colleague)
    rows = client.get("/en/desk/").context["desk"].rows
    assert sorted(project.state for project, _edit in rows) == ["draft", "hidden", "published"]


def test_the_way_to_change_it_is_for_those_who_may(colleague, editor, organisation):
    ProjectFactory(organisation=organisation)
    assert [[bool(edit) for _project, edit in Desk(person).rows] for person in (editor, colleague)] == [[True], [False]]


def test_somebody_new_is_led_on(client, stranger):
    client.force_login(stranger)
    page = client.get("/en/desk/").content.decode()
    assert ("Your first steps" in page, "Join your organisation" in page) == (True, True)


def test_an_address_in_its_domain_is_offered_to_join(organisation, stranger):
    DomainFactory(organisation=organisation, name="lejre.example")
    EmailAddress.objects.create(user=stranger, email="me@lejre.example", verified=True, primary=True)
    assert asked(stranger) == [("Join", "Lejre Kommune")]


def test_requests_to_join_wait_for_the_owners(owner, editor, stranger, organisation):
    JoinRequest.objects.create(organisation=organisation, user=stranger, note="I work there")
    assert [asked(person) for person in (owner, editor)] == [[("Decide", "Stranger asks to join Lejre Kommune")], []]


def test_an_invitation_waits_for_its_address(stranger, organisation):
    now = timezone.now()
    EmailAddress.objects.create(user=stranger, email=stranger.email, verified=True, primary=True)
    Invitation.objects.create(organisation=organisation, email=stranger.email, token_hash="t" * 64, sent_at=now,
                              expires_at=now + timedelta(days=1))  # fmt: skip
    assert asked(stranger) == [("Answer", "Lejre Kommune invites you")]


def test_a_named_partner_answers(editor, colleague, organisation):
    partner = PartnerFactory(project=ProjectFactory(text__title="Lamps"), organisation=organisation)
    Partner.objects.filter(pk=partner.pk).update(state=PartnerState.ASKED)
    assert [asked(person) for person in (editor, colleague)] == [[("Answer", "Lamps")], []]


def test_questions_wait_for_those_who_answer(editor, stranger, organisation):
    project = ProjectFactory(organisation=organisation, text__title="Lamps")
    for state, email in (("published", ""), ("waiting", "a@b.example")):
        Question.objects.create(target=project, asked_by=None if email else stranger, email=email, text="Why?", language="en",
                                state=state, created_at=timezone.now())  # fmt: skip
    assert asked(editor) == [("Answer", "Question about “Lamps”")]


def test_news_are_what_is_not_read(client, stranger, django_capture_on_commit_callbacks):
    project = ProjectFactory(text__title="Lamps")
    with django_capture_on_commit_callbacks(execute=True):
        notify("project.published", project, by=None, to=[(stranger, "author")])
    client.force_login(stranger)
    before = client.get("/en/desk/").context["desk"].news
    stranger.notifications.update(read_at=timezone.now())
    assert ([row.url for row in before], client.get("/en/desk/").context["desk"].news) == ([f"/en/projects/{project.slug}/"], [])


def test_what_is_asked_is_no_news_beside_it(owner, organisation, stranger, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        ask_to_join(organisation, by=stranger, note="I work there")
    assert (owner.notifications.count(), asked(owner), Desk(owner).news) == (1, [("Decide", "Stranger asks to join Lejre Kommune")], [])


def test_numbers_are_for_moderators(moderator, owner):
    ProjectFactory(state=State.SUBMITTED)
    numbers = [(number, url) for _label, number, url in Desk(moderator).queues]
    assert (numbers[0], Desk(owner).queues) == ((1, "/cms/waiting/?kind=project"), [])


@pytest.mark.parametrize("state", [State.RETURNED, State.DRAFT, State.PUBLISHED])
def test_the_desk_has_one_number_of_queries(client, editor, organisation, same_queries, state):
    client.force_login(editor)
    queries = same_queries("/en/desk/", lambda: ProjectFactory(organisation=organisation, state=state, created_by=editor))
    assert queries <= MOST_QUERIES


def test_the_moderators_desk_has_one_number_of_queries(client, moderator, same_queries):
    client.force_login(moderator)
    assert same_queries("/en/desk/", lambda: ProjectFactory(state=State.SUBMITTED)) <= MOST_QUERIES


def test_what_others_wait_for_costs_one_number_of_queries(client, owner, organisation, same_queries, django_capture_on_commit_callbacks):
    def add():
        JoinRequest.objects.create(organisation=organisation, user=UserFactory())
        partner = PartnerFactory(organisation=organisation)
        Partner.objects.filter(pk=partner.pk).update(state=PartnerState.ASKED)
        project = ProjectFactory(organisation=organisation)
        Question.objects.create(target=project, asked_by=UserFactory(), text="Why?", language="en", state="published",
                                created_at=timezone.now())  # fmt: skip
        with django_capture_on_commit_callbacks(execute=True):
            notify("project.published", project, by=None, to=[(owner, "owner")])

    client.force_login(owner)
    assert same_queries("/en/desk/", add) <= MOST_QUERIES


def test_the_digest_is_offered_until_it_is_chosen(client, stranger):
    client.force_login(stranger)
    before = client.get("/en/desk/").content.decode()
    SubscriptionFactory(user=stranger, weekday=2, hour=9)
    follow(stranger, Theme.objects.get(slug="energy"))
    after = client.get("/en/desk/").content.decode()
    assert [page.count("Choose your digest") for page in (before, after)] == [2, 1]
    assert ("It is about: Energy." in after, "The next digest comes on" in after) == (True, True)


def test_the_digest_on_the_desk_names_a_few_of_what_it_is_about(stranger):
    SubscriptionFactory(user=stranger)
    for theme in Theme.objects.order_by("position")[:6]:
        follow(stranger, theme)
    assert Desk(stranger).digest.about.endswith(" and 2 more")


def test_an_old_hand_is_not_shown_the_first_steps_again_for_the_digest(editor, organisation):
    Profile.objects.update_or_create(user=editor, defaults={"slug": "editor", "headline": "Lamps"})
    ProjectFactory(organisation=organisation)
    assert (Desk(editor).steps, Desk(editor).digest.is_chosen) == ([], False)


def test_what_the_digest_is_about_costs_one_number_of_queries(client, stranger, same_queries):
    SubscriptionFactory(user=stranger)
    client.force_login(stranger)
    assert same_queries("/en/desk/", lambda: follow(stranger, ThemeFactory())) <= MOST_QUERIES
