"""Who may do what in which state: the table of discussions, posts, groups and the people of a group."""

import pytest

from common.publishing import State
from conversations import actions as conversations
from conversations.models import Post, Thread
from discussions import actions
from records.models import AuditEntry
from tests.factories import UserFactory
from workinggroups.models import WorkingGroup

pytestmark = [pytest.mark.django_db, pytest.mark.any_version]

#: Who acts: nobody is signed out; a stranger belongs to the portal, not to the group.
ACTORS = ("nobody", "suspended", "stranger", "observer", "author", "starter", "chair", "moderator")
SIGN_IN, NO, DONE = "sign in", 403, "done"
#: Each verb: its address behind the discussion, what it sends, and for each actor what comes of it in an open group.
WRITE = {"text": "Six metres.", "language": "en", "key": "f2b0a8b2-6e0c-4d5e-9d4f-1d2c3b4a5f60"}
OF_LEADERS = (SIGN_IN, NO, NO, NO, NO, NO, DONE, DONE)
OF_WRITERS = (SIGN_IN, NO, NO, NO, DONE, DONE, DONE, NO)
VERBS = {
    "write": ("write/", WRITE, OF_WRITERS),
    "pin": ("pin/", {}, OF_LEADERS),
    "unpin": ("unpin/", {}, OF_LEADERS),
    "close": ("close/", {}, OF_LEADERS),
    "reopen": ("reopen/", {}, OF_LEADERS),
    "remove_thread": ("remove/", {"reason": "Advertising"}, OF_LEADERS),
    "edit": ("2/edit/", {**WRITE, "text": "Seven metres.", "revision": "0"}, (SIGN_IN, NO, NO, NO, DONE, NO, NO, NO)),
    "remove": ("2/remove/", {"reason": "An address"}, (SIGN_IN, NO, NO, NO, DONE, NO, DONE, DONE)),
    "mark_answer": ("2/answer/", {}, (SIGN_IN, NO, NO, NO, NO, DONE, DONE, DONE)),
    "unmark_answer": ("unmark-answer/", {}, (SIGN_IN, NO, NO, NO, NO, DONE, DONE, DONE)),
    "find_useful": ("2/useful/", {}, (SIGN_IN, NO, NO, NO, NO, DONE, DONE, NO)),
    "take_back_useful": ("2/not-useful/", {}, (SIGN_IN, NO, NO, NO, NO, DONE, DONE, NO)),
    "mark_read": ("read/", {"upto": "2"}, (SIGN_IN, NO, DONE, DONE, DONE, DONE, DONE, DONE)),
}
STATES = ("open", "pinned", "closed", "answered", "removed", "group closed", "group hidden", "group a draft")
#: The states from which a verb leads on; in all others nothing changes. Reading is not writing: it is always noted.
LEADS_ON = {
    "write": ("open", "pinned", "answered", "group a draft"),
    "pin": ("open", "closed", "answered", "group a draft"),
    "unpin": ("pinned",),
    "close": ("open", "pinned", "answered", "group a draft"),
    "reopen": ("closed",),
    "remove_thread": ("open", "pinned", "closed", "answered", "group closed", "group hidden", "group a draft"),
    "edit": ("open", "pinned", "answered", "group a draft"),
    "remove": ("open", "pinned", "closed", "answered", "group closed", "group hidden", "group a draft"),
    "mark_answer": ("open", "pinned", "closed", "group a draft"),
    "unmark_answer": ("answered",),
    "find_useful": ("open", "pinned", "closed", "answered", "group a draft"),
    "take_back_useful": (),
}
GROUP_STATES = {"group closed": State.ARCHIVED, "group hidden": State.HIDDEN, "group a draft": State.DRAFT}


@pytest.fixture
def people(anna, bo, chair, observer, nobody, stranger, suspended, moderator):
    return {"nobody": nobody, "suspended": suspended, "stranger": stranger, "observer": observer, "author": bo, "starter": anna,
            "chair": chair, "moderator": moderator}  # fmt: skip


@pytest.fixture
def talk(thread, bo):
    """Anna's discussion with a second post, by Bo."""
    conversations.write_post(thread, by=bo, text="Eight metres.", language="en")
    return Thread.objects.get(pk=thread.pk)


def put(talk, state):
    """The discussion, or its group, in a state."""
    second = talk.posts.get(number=2)
    change = {
        "pinned": lambda: conversations.pin(talk, by=None),
        "closed": lambda: conversations.close(talk, by=None),
        "answered": lambda: conversations.mark_answer(second, by=None),
        "removed": lambda: conversations.remove_thread(talk, by=None),
    }
    change.get(state, lambda: WorkingGroup.objects.update(state=GROUP_STATES.get(state, State.PUBLISHED)))()
    return Thread.objects.get(pk=talk.pk)


def snapshot(talk):
    """Everything a verb may change, markers and what is told apart."""
    thread = Thread.objects.filter(pk=talk.pk).values("is_pinned", "closed_at", "answer", "removed_at", "post_count", "title")
    posts = talk.posts.values_list("number", "text", "removed_at", "edit_count", "useful__user").order_by("number", "useful__user")
    return list(thread), list(posts)


@pytest.mark.parametrize("actor", ACTORS)
@pytest.mark.parametrize("verb", VERBS)
def test_each_actor_does_what_is_theirs(client, people, talk, topic, actor, verb):
    path, form, answers = VERBS[verb]
    if verb in ("unpin", "reopen", "unmark_answer"):
        put(talk, {"unpin": "pinned", "reopen": "closed", "unmark_answer": "answered"}[verb])
    if verb == "take_back_useful":
        for one in ("starter", "chair"):
            conversations.mark_useful(talk.posts.get(number=2), by=people[one])
    before, user = snapshot(talk), people[actor]
    if user.is_authenticated:
        client.force_login(user)
    answer = client.post(f"{topic}{path}", form)
    wanted = answers[ACTORS.index(actor)]
    changed = snapshot(talk) != before
    assert (answer.status_code, changed) == (403 if wanted == NO else 302, wanted == DONE and verb != "mark_read")
    assert ("/accounts/login/" in answer.get("Location", "")) == (wanted == SIGN_IN)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("verb", LEADS_ON)
def test_each_verb_leads_on_from_its_states_only(client, people, talk, topic, state, verb):
    """By a chair; what only its author does by the author."""
    put(talk, state)
    path, form, _answers = VERBS[verb]
    client.force_login(people["author" if verb == "edit" else "chair"])
    before, audited = snapshot(talk), AuditEntry.objects.count()
    answer = client.post(f"{topic}{path}", form)
    changed = snapshot(talk) != before
    leads_on = state in LEADS_ON[verb]
    assert (answer.status_code < 500, changed) == (True, leads_on), answer.status_code
    assert AuditEntry.objects.count() - audited == int(leads_on and verb != "find_useful")


@pytest.mark.parametrize("state", State)
def test_discussions_begin_in_open_groups_only(client, group, anna, url, state):
    WorkingGroup.objects.update(state=state)
    client.force_login(anna)
    answer = client.post(f"{url}new/", {**WRITE, "title": "Radar on old poles"})
    begins = state in (State.DRAFT, State.PUBLISHED)
    assert (Thread.objects.count(), answer.status_code) == ((1, 302) if begins else (0, 200))


@pytest.mark.parametrize("role", ["stranger", "observer", "moderator"])
def test_who_does_not_write_begins_nothing(client, people, url, role):
    client.force_login(people[role])
    assert [client.get(f"{url}new/").status_code, client.post(f"{url}new/", WRITE).status_code] == [403, 403]


def test_who_left_the_group_edits_ones_posts_no_longer(client, group, talk, topic, bo):
    group.memberships.filter(user=bo).delete()
    client.force_login(bo)
    assert [client.post(f"{topic}2/{verb}/", {"text": "x"}).status_code for verb in ("edit", "remove")] == [403, 403]


def test_buttons_are_those_that_lead_on(client, people, talk, topic):
    shown = {}
    for actor in ("observer", "author", "chair", "moderator"):
        client.force_login(people[actor])
        page = client.get(topic).context["topic"]
        second = page.posts[1]
        of_post = [name for name in ("edit", "quote", "remove", "answer", "find_useful") if getattr(second, f"may_{name}")]
        shown[actor] = ([verb["name"] for verb in page.verbs], of_post, page.may_write)
    leading = ["pin", "close", "remove_thread"]
    assert shown == {
        "observer": ([], [], False),
        "author": ([], ["edit", "quote", "remove"], True),
        "chair": (leading, ["quote", "remove", "answer", "find_useful"], True),
        "moderator": (leading, ["remove", "answer"], False),
    }


def test_a_closed_group_shows_no_form_and_only_what_takes_away(client, people, talk, topic):
    WorkingGroup.objects.update(state=State.ARCHIVED)
    client.force_login(people["chair"])
    page = client.get(topic)
    assert ([verb["name"] for verb in page.context["topic"].verbs], 'action="' + topic + 'write/"' in page.content.decode()) == (
        ["remove_thread"],
        False,
    )


def test_what_verbs_leave_in_the_trail(talk, people):
    second, chair = talk.posts.get(number=2), people["chair"]
    actions.pin(talk, by=chair), actions.close(talk, by=chair), actions.reopen(talk, by=chair)
    actions.mark_answer(second, by=chair), actions.remove(second, by=chair, reason="An address")
    said = list(AuditEntry.objects.order_by("pk").values_list("verb", "note"))
    assert said == [("pin", ""), ("close", ""), ("reopen_discussion", ""), ("mark_answer", ""), ("remove", "An address")]


def test_a_former_members_posts_stay_under_that_word(client, talk, topic, bo, chair):
    Post.objects.filter(number=2).update(author=None)
    client.force_login(chair)
    assert [post.author_name for post in client.get(topic).context["topic"].posts] == ["Anna", "Former member"]


def test_a_member_of_nothing_reads_a_group_of_the_portal(client, talk, topic):
    client.force_login(UserFactory())
    assert client.get(topic).context["topic"].why_not == "Members of the group write here; you read."
