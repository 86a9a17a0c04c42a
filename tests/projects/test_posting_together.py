"""Two who write one project: both are told, both are shown, nothing is written over unseen."""

import pytest
from django.test import Client

from projects.models import Project
from records.actions import note_editing
from tests.factories import MembershipFactory, ProjectFactory, UserFactory
from tests.factories.projects import full_project
from tests.projects.test_verbs import at_once
from tests.support.forms import fields_of, open_form, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(organisation):
    return ProjectFactory(organisation=organisation, state="draft", text__title="Lamps")


@pytest.fixture
def jonas(editor):
    return signed_in(editor)


@pytest.fixture
def karen(owner):
    return signed_in(owner)


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def path(project, step="basics"):
    return f"/en/projects/{project.slug}/edit/" + ("" if step == "basics" else f"{step}/")


def said(project):
    text = project.texts.get(is_original=True)
    return text.title, text.summary


def test_the_second_is_told_who_else_has_it_open(jonas, karen, draft, owner):
    karen.get(path(draft))
    assert jonas.get(path(draft)).context["page"].others == [str(owner)]
    assert jonas.post(f"/en/projects/{draft.slug}/editing/").json()["others"] == [str(owner)]


def test_what_each_alone_has_changed_stands_both(jonas, karen, draft):
    opened = open_form(jonas, path(draft))
    send(karen, path(draft), title="Lamps that dim")
    response = send(jonas, path(draft), opened=opened, summary="Half the energy.")
    assert (response.status_code, said(draft)) == (302, ("Lamps that dim", "Half the energy."))


def test_what_both_have_changed_is_shown_twice_and_nothing_is_written(jonas, karen, draft):
    opened = open_form(jonas, path(draft))
    send(karen, path(draft), title="Karen's title")
    response = send(jonas, path(draft), opened=opened, title="Jonas' title", summary="Jonas' summary")
    rows = [(row["label"], row["mine"], row["theirs"]) for row in response.context["rows"]]
    assert rows == [("Title", "<p>Jonas&#x27; title</p>", "<p>Karen&#x27;s title</p>")]
    assert (response.status_code, said(draft)[0]) == (409, "Karen's title")


@pytest.mark.parametrize(("choice", "title"), [("mine", "Jonas' title"), ("theirs", "Karen's title")])
def test_the_second_chooses_for_each(jonas, karen, draft, choice, title):
    opened = open_form(jonas, path(draft))
    send(karen, path(draft), title="Karen's title")
    page = send(jonas, path(draft), opened=opened, title="Jonas' title", summary="Jonas' summary").content.decode()
    response = send(jonas, path(draft), opened=fields_of(page, form=""), **{"choice:title": choice})
    assert (response.status_code, said(draft)) == (302, (title, "Jonas' summary"))


def test_without_a_choice_both_are_shown_again(jonas, karen, draft):
    opened = open_form(jonas, path(draft))
    send(karen, path(draft), title="Karen's title")
    page = send(jonas, path(draft), opened=opened, title="Jonas' title").content.decode()
    assert send(jonas, path(draft), opened=fields_of(page, form="")).status_code == 409
    assert open_form(jonas, path(draft))["title"] == ["Jonas' title"]


def test_a_save_while_typing_does_not_write_over_another(jonas, karen, draft):
    opened = open_form(jonas, path(draft))
    send(karen, path(draft), title="Karen's title")
    answer = jonas.post(f"/en/projects/{draft.slug}/save/", opened | {"step": "basics", "title": "Jonas' title"}).json()
    assert (answer["state"], said(draft)[0]) == ("clash", "Karen's title")


def test_rows_of_both_are_shown_too(jonas, karen, organisation):
    project = full_project(organisation=organisation, state="draft")
    opened = open_form(jonas, path(project, "story"))
    send(karen, path(project, "story"), **{"results-0-indicator": "Karen's number"})
    response = send(jonas, path(project, "story"), opened=opened, **{"results-0-indicator": "Jonas' number"})
    assert [row["label"] for row in response.context["rows"]] == ["Results"]


def test_one_who_has_gone_is_not_named(draft, owner, editor):
    note_editing(draft, owner, now="2026-01-01T08:00:00Z")
    assert signed_in(editor).get(path(draft)).context["page"].others == []


# ---- in the same second


@pytest.mark.django_db(transaction=True)
def test_two_saves_in_the_same_second_lose_nothing(owner, editor, organisation):
    project = full_project(organisation=organisation, state="draft")
    first, second = signed_in(owner), signed_in(editor)
    one, other = open_form(first, path(project)), open_form(second, path(project))
    answers = at_once(
        lambda: send(first, path(project), opened=one, title="Karen's title").status_code,
        lambda: send(second, path(project), opened=other, title="Jonas' title").status_code,
    )
    assert sorted(answers) == [302, 409]


@pytest.mark.django_db(transaction=True)
def test_a_double_click_on_a_new_project_makes_one(organisation):
    user = UserFactory()
    MembershipFactory(user=user, organisation=organisation, role="member")
    client = signed_in(user)
    opened = open_form(client, "/en/projects/new/")
    clients = [signed_in(user) for _click in range(3)]
    answers = at_once(*(lambda one=one: send(one, "/en/projects/new/", opened=opened, title="Rain beds").url for one in clients))
    assert (len(set(answers)), Project.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_two_submits_in_the_same_second_are_one(editor, owner, organisation):
    organisation.verified_at = None
    organisation.save()
    project = full_project(organisation=organisation, state="draft")
    clients = [signed_in(owner), signed_in(editor)]
    opened = open_form(clients[0], path(project, "check"))
    answers = at_once(*(lambda one=one: send(one, path(project, "check"), opened=opened, then="submit").status_code for one in clients))
    project.refresh_from_db()
    assert (answers, project.state) == ([302, 302], "submitted")
