"""Questions by themselves: states, who sees which, what is kept of a visitor."""

import pytest
from django.contrib.auth.models import AnonymousUser

from common.errors import WrongState
from conversations import actions
from conversations.enums import QuestionState
from conversations.models import Question
from tests.factories import ProjectFactory, QuestionFactory

pytestmark = pytest.mark.django_db

#: From each state, what each verb makes of it; everything else is refused.
TABLE = {
    "unconfirmed": {},
    "waiting": {"approve": "published", "refuse": "refused", "answer": "published"},
    "published": {"hide": "hidden", "answer": "published"},
    "refused": {},
    "hidden": {},
}
CALLS = {
    "approve": lambda question, by: actions.approve(question, by=by),
    "refuse": lambda question, by: actions.refuse(question, by=by, reason="No"),
    "hide": lambda question, by: actions.hide(question, by=by, reason="No"),
    "answer": lambda question, by: actions.answer(question, by=by, text="Yes", language="en"),
}


@pytest.mark.parametrize("verb", CALLS)
@pytest.mark.parametrize("state", QuestionState.values)
def test_where_a_verb_leads(state, verb, moderator):
    question = QuestionFactory(target=ProjectFactory(), state=state, token_hash=state)
    try:
        CALLS[verb](question, moderator)
    except WrongState:
        assert verb not in TABLE[state]
    assert Question.objects.get().state == TABLE[state].get(verb, state)


SEES = {
    "nobody": {"published"}, "stranger": {"published"}, "colleague": {"published"}, "editor": {"published"}, "owner": {"published"},
    "suspended": {"published"}, "moderator": {"waiting", "published", "refused", "hidden"},
}  # fmt: skip


def test_who_sees_which(anyone, organisation):
    project = ProjectFactory(organisation=organisation)
    for state in QuestionState.values:
        QuestionFactory(target=project, state=state, token_hash=state)
    assert set(Question.objects.visible_to(anyone).values_list("state", flat=True)) == SEES[anyone.part]


def test_ones_own_question_is_seen_while_it_waits(stranger):
    QuestionFactory(target=ProjectFactory(), asked_by=stranger, state="waiting")
    assert Question.objects.visible_to(stranger).count() == 1


@pytest.mark.parametrize("state", ["draft", "submitted", "withdrawn", "hidden"])
def test_what_cannot_be_seen_has_no_questions(stranger, state):
    QuestionFactory(target=ProjectFactory(state=state), asked_by=stranger)
    assert (Question.objects.visible_to(stranger).count(), Question.objects.visible_to(AnonymousUser()).count()) == (0, 0)


def test_a_question_on_what_has_no_rule_is_seen_by_nobody(stranger, moderator):
    QuestionFactory(target=stranger)
    assert Question.objects.visible_to(moderator).count() == 0


def test_text_is_kept_clean(stranger):
    question, token = actions.ask(ProjectFactory(), text=" Hvad\u200b kostede\r\ndet? ", language="da", by=stranger)
    assert (question.text, token, question.state) == ("Hvad kostede\ndet?", "", "waiting")


def test_the_periodic_task_may_run_twice():
    from conversations.tasks import forget_unconfirmed_task

    actions.ask(ProjectFactory(), text="What?", language="en", name="Vera", email="vera@example.org", now=None)
    Question.objects.update(created_at="2026-01-01T00:00Z")
    forget_unconfirmed_task()
    forget_unconfirmed_task()
    assert Question.objects.count() == 0
