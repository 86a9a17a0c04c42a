"""The addresses of the verbs: who may, what is answered, and two at once."""

import threading

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client

from projects.actions import create_project
from projects.models import Project
from projects.verbs import VERBS, available
from tests.factories import OrganisationFactory, ProjectFactory, UserFactory

#: A state from which each verb leads on.
FROM = {"publish": "submitted", "submit": "draft", "return": "submitted", "reopen": "archived", "archive": "published",
        "withdraw": "published", "hide": "published"}  # fmt: skip
WRITER = {"publish", "submit", "reopen", "archive", "withdraw"}
MAY = {
    "nobody": set(), "stranger": set(), "suspended": set(), "colleague": set(), "editor": WRITER, "owner": WRITER,
    "moderator": {"publish", "return", "hide"},
}  # fmt: skip


def call(client, project, verb, **data):
    return client.post(f"/en/projects/{project.slug}/{verb}/", {"reason": "Tell more", **data})


def sign_in(client, person):
    if person.is_authenticated:
        client.force_login(person)
    return client


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


@pytest.mark.parametrize("verb", VERBS)
def test_who_may_carry_out_a_verb(verb, anyone, client, organisation):
    project = ProjectFactory(organisation=organisation, state=FROM[verb])
    sees = Project.objects.visible_to(anyone).filter(pk=project.pk).exists()
    response = call(sign_in(client, anyone), project, verb)
    project.refresh_from_db()
    does = verb in MAY[anyone.part] and sees
    signs_in = anyone.part == "nobody"
    expected = 302 if does or signs_in else 403 if sees or anyone.part == "suspended" else 404
    assert (response.status_code, project.state != FROM[verb]) == (expected, does)
    assert response.headers.get("Location", "").startswith("/en/accounts/login/") == signs_in


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_is_not_read(verb, client, db):
    assert client.get(f"/en/projects/{ProjectFactory().slug}/{verb}/").status_code == 405


def test_the_member_who_wrote_it_submits_but_does_not_publish(client, colleague, organisation):
    project = ProjectFactory(organisation=organisation, state="draft", created_by=colleague)
    client.force_login(colleague)
    statuses = [call(client, project, verb).status_code for verb in ("publish", "submit")]
    assert statuses == [403, 302]


def test_an_unverified_organisation_does_not_publish_by_itself(client, owner, organisation):
    organisation.verified_at = None
    organisation.save()
    project = ProjectFactory(organisation=organisation, state="draft")
    client.force_login(owner)
    statuses = [call(client, project, verb).status_code for verb in ("publish", "submit")]
    assert statuses == [403, 302]


def test_what_a_moderator_hid_only_a_moderator_shows_again(client, owner, moderator, organisation):
    project = ProjectFactory(organisation=organisation, state="hidden")
    client.force_login(owner)
    refused = call(client, project, "publish").status_code
    client.force_login(moderator)
    assert (refused, call(client, project, "publish").status_code) == (403, 302)


def test_a_double_click_is_one_publication(client, moderator, db):
    project = ProjectFactory(state="submitted", text__title="Lamps")
    client.force_login(moderator)
    answers = [call(client, project, "publish") for _ in range(2)]
    assert [response.status_code for response in answers] == [302, 302]
    assert said(answers[1])[-1] == "This project cannot be published from where it stands; it is now “Published”."


def test_a_return_without_a_reason_is_refused_in_words(client, moderator, db):
    project = ProjectFactory(state="submitted")
    client.force_login(moderator)
    response = call(client, project, "return", reason="  ")
    project.refresh_from_db()
    assert (said(response), project.state) == (["Say why it is returned: the authors read it."], "submitted")


def test_a_reason_that_cannot_be_stored_is_refused_in_words(client, moderator, db):
    project = ProjectFactory(state="submitted")
    client.force_login(moderator)
    response = call(client, project, "return", reason="a\x00b")
    assert said(response) == ["The text holds a character that cannot be stored. Paste it again as plain text."]


@pytest.mark.parametrize(
    ("state", "part", "names"),
    [
        ("draft", "owner", ["publish"]),
        ("draft", "colleague", []),
        ("submitted", "moderator", ["publish", "return"]),
        ("submitted", "owner", ["publish", "withdraw"]),
        ("returned", "owner", ["publish", "reopen"]),
        ("published", "owner", ["archive", "withdraw"]),
        ("published", "moderator", ["hide"]),
        ("hidden", "owner", []),
        ("hidden", "moderator", ["publish"]),
        ("archived", "owner", ["reopen", "withdraw"]),
    ],
)
def test_the_buttons_are_what_leads_on(state, part, names, organisation, request):
    project = ProjectFactory(organisation=organisation, state=state)
    assert [verb.name for verb in available(request.getfixturevalue(part), project)] == names


# ---- in the administration


def test_the_list_shows_what_waits_longest_first(client, moderator):
    moderator.is_superuser = True
    moderator.save()
    client.force_login(moderator)
    for title, day in (("Second", 2), ("First", 1)):
        ProjectFactory(state="submitted", text__title=title, state_changed_at=f"2026-01-0{day}T08:00:00Z")
    response = client.get("/cms/projects/")
    assert [str(project) for project, _verbs in response.context["rows"]] == ["First", "Second"]


def test_the_list_has_one_number_of_queries(client, same_queries, administrator):
    client.force_login(administrator)
    assert same_queries("/cms/projects/", lambda: ProjectFactory(state="submitted")) <= 20


def test_a_button_of_the_list_leads_back_to_it(client, administrator):
    client.force_login(administrator)
    project = ProjectFactory(state="submitted")
    response = client.post(f"/cms/projects/{project.pk}/publish/")
    project.refresh_from_db()
    assert (response.url, project.state) == ("/cms/projects/?state=submitted", "published")


@pytest.mark.parametrize("address", ["/cms/projects/", "/cms/organisations/"])
def test_members_without_the_role_find_no_list(client, owner, address):
    client.force_login(owner)
    assert client.get(address).status_code == 403


def test_a_moderator_verifies_an_organisation_once(client, administrator):
    client.force_login(administrator)
    organisation = OrganisationFactory(verified_at=None)
    answers = [client.post(f"/cms/organisations/{organisation.pk}/verify/") for _ in range(2)]
    assert [said(response)[-1] for response in answers] == [f"“{organisation.name}” is verified.", "This organisation is verified already."]


@pytest.fixture
def administrator(db):
    return UserFactory(is_superuser=True, is_staff=True)


# ---- two at once


def at_once(*calls):
    """Run the calls in threads that begin together, each with a connection of its own; their answers in order."""
    barrier, answers = threading.Barrier(len(calls)), [None] * len(calls)

    def run(place, one):
        barrier.wait()
        try:
            answers[place] = one()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.django_db(transaction=True)
def test_publish_against_withdraw_in_the_same_second(owner, moderator, organisation):
    moderating, owning = Client(), Client()
    moderating.force_login(moderator)
    owning.force_login(owner)
    for _round in range(5):
        project = ProjectFactory(organisation=organisation, state="submitted")
        answers = at_once(lambda: call(moderating, project, "publish"), lambda: call(owning, project, "withdraw"))  # noqa: B023
        project.refresh_from_db()
        assert ([response.status_code for response in answers], project.state) == ([302, 302], "withdrawn")


@pytest.mark.django_db(transaction=True)
def test_two_with_one_title_in_the_same_second(organisation):
    def make():
        text = {"language": "en", "title": "Lamps"}
        return create_project(organisation, by=None, texts=[text], kind="pilot", phase="idea").slug

    assert sorted(at_once(make, make, make)) == ["lamps", "lamps-2", "lamps-3"]
