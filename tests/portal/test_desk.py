"""The desk: what needs an answer, what the member's organisations have, and the way of somebody new."""

import pytest

from common.publishing import State
from portal.desk import Desk
from tests.factories import ProjectFactory

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


def test_numbers_are_for_moderators(moderator, owner):
    ProjectFactory(state=State.SUBMITTED)
    numbers = {str(label): number for label, number, _url in Desk(moderator).queues}
    assert (numbers["Projects to review"], Desk(owner).queues) == (1, [])


@pytest.mark.parametrize("state", [State.RETURNED, State.DRAFT, State.PUBLISHED])
def test_the_desk_has_one_number_of_queries(client, editor, organisation, same_queries, state):
    client.force_login(editor)
    queries = same_queries("/en/desk/", lambda: ProjectFactory(organisation=organisation, state=state, created_by=editor))
    assert queries <= MOST_QUERIES


def test_the_moderators_desk_has_one_number_of_queries(client, moderator, same_queries):
    client.force_login(moderator)
    assert same_queries("/en/desk/", lambda: ProjectFactory(state=State.SUBMITTED)) <= MOST_QUERIES
