"""Every state × verb × actor: whatever does not stand in the table is refused, and nothing is written."""

import uuid
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from common.errors import WrongState
from conversations.models import Post
from records.models import AuditEntry
from testrequests import actions
from testrequests.enums import MOVES, Side, State
from testrequests.models import Application
from testrequests.rules import may, sides_of
from tests.factories import TaskFactory, TermsFactory

pytestmark = pytest.mark.django_db

TERMS = {"text": "Other terms.", "starts_on": date(2030, 4, 1), "ends_on": date(2030, 4, 30)}


def _version(row):
    last = row.terms.first()
    return last.version if last else 0


def _task(row):
    return row.tasks.first() or TaskFactory(application=row)


#: How each verb of the table is called on an application.
CALLS = {
    "send": lambda row, by: actions.send_request(row.request, by=by),
    "ask_back": lambda row, by: actions.ask_back(row, by=by, text="Which poles?"),
    "accept": lambda row, by: actions.accept(row, by=by),
    "decline": lambda row, by: actions.decline(row, by=by, reason="No poles free."),
    "withdraw": lambda row, by: actions.withdraw(row, by=by),
    "propose_terms": lambda row, by: actions.propose_terms(row, by=by, base=_version(row), **TERMS),
    "accept_terms": lambda row, by: actions.accept_terms(row, by=by, version=_version(row)),
    "start": lambda row, by: actions.start(row, by=by),
    "finish": lambda row, by: actions.finish(row, by=by),
    "complete": lambda row, by: actions.complete(row, by=by),
    "cancel": lambda row, by: actions.cancel(row, by=by, reason="The street is dug up."),
    "write": lambda row, by: actions.write(row, by=by, text="Hello."),
    "add_file": lambda row, by: None,  # held by test_files.py
    "remove_file": lambda row, by: None,
    "add_task": lambda row, by: actions.add_task(row, by=by, key=uuid.uuid4(), title="Mount", side="lab"),
    "finish_task": lambda row, by: actions.finish_task(_task(row), by=by),
    "reopen_task": lambda row, by: actions.reopen_task(_task(row), by=by),
    "remove_task": lambda row, by: actions.remove_task(_task(row), by=by),
}
#: Where each verb leads to; the others leave the state as it is.
LEADS_TO = {
    "send": "sent", "ask_back": "clarifying", "accept": "accepted", "decline": "declined", "withdraw": "withdrawn", "start": "running",
    "finish": "reporting", "complete": "completed", "cancel": "cancelled",
}  # fmt: skip
#: The table as people read it: verb → (who, from where).
TABLE = {
    "send": ("company", "draft"),
    "ask_back": ("lab", "sent clarifying"),
    "accept": ("lab", "sent clarifying"),
    "decline": ("lab", "sent clarifying"),
    "withdraw": ("company", "sent clarifying accepted"),
    "propose_terms": ("company lab", "accepted agreed running"),
    "accept_terms": ("company lab", "accepted agreed running"),
    "start": ("lab", "agreed"),
    "finish": ("company lab", "running"),
    "complete": ("lab", "reporting"),
    "cancel": ("company lab", "agreed running reporting"),
    **dict.fromkeys(
        ("write", "add_file", "remove_file", "add_task", "finish_task", "reopen_task", "remove_task"),
        ("company lab", "sent clarifying accepted agreed running reporting"),
    ),
}
CALLED = [verb for verb in MOVES if "file" not in verb]


def test_the_table_is_the_one_people_read():
    assert {verb: (set(move.sides), set(move.sources)) for verb, move in MOVES.items()} == {
        verb: (set(sides.split()), set(sources.split())) for verb, (sides, sources) in TABLE.items()
    }


def _prepared(make, state, verb):
    row = make(state)
    if verb == "accept_terms" and state in MOVES[verb].sources:
        TermsFactory(application=row, version=_version(row) + 1, company_at=None, lab_at=None)
    if verb.endswith("_task") and verb != "add_task":
        TaskFactory(application=row, done_at=timezone.now() if verb == "reopen_task" else None)
    return row


def _tried(row, verb, person):
    """Whether the verb changed something."""
    before = _written(row)
    try:
        with transaction.atomic():
            CALLS[verb](row, person)
    except WrongState:
        assert _written(row) == before
    return _written(row) != before


@pytest.mark.parametrize("verb", CALLED)
def test_state_by_verb_by_actor(verb, make, host, editor, stranger):
    sides, sources = TABLE[verb]
    people = {"company": editor, "lab": host, "nobody": stranger}
    if verb == "send":
        people.pop("nobody"), people.pop("lab")  # who may send is asked by the door of the request
    for state in State.values:
        for side, person in people.items():
            row = _prepared(make, state, verb)
            allowed = state in sources.split() and side in sides.split()
            assert (state, side, _tried(row, verb, person)) == (state, side, allowed)
            row.refresh_from_db()
            assert row.state == (LEADS_TO.get(verb, state) if allowed else state)


def _written(row):
    fresh = Application.objects.get(pk=row.pk)
    trail = AuditEntry.objects.filter(target_type__model="application", target_id=row.pk).count()
    said = Post.objects.filter(thread__target_type__model="application", thread__target_id=row.pk).count()
    terms = [bool(one.company_at) + bool(one.lab_at) for one in fresh.terms.all()]
    return fresh.state, fresh.turn, fresh.due_on, fresh.agreed_terms_id, terms, fresh.tasks.filter(done_at=None).count(), trail, said


PEOPLE = {
    "nobody": set(), "stranger": set(), "moderator": set(), "suspended": set(), "colleague": set(), "helper": set(),
    "editor": {"company"}, "owner": {"company"}, "host": {"lab"}, "team_member": {"lab"},
}  # fmt: skip


@pytest.mark.parametrize("part", PEOPLE)
def test_who_may_carry_out_which_verb(part, make, request):
    person, row = request.getfixturevalue(part), make("sent")
    may_do = {verb for verb in MOVES if may(person, verb, row)}
    assert may_do == {verb for verb, (sides, _sources) in TABLE.items() if PEOPLE[part] & set(sides.split())}


def test_a_colleague_acts_for_the_request_she_began(colleague, make):
    row = make("sent", request__created_by=colleague)
    assert sides_of(colleague, row) == (Side.COMPANY,)


def test_somebody_who_left_the_organisation_acts_no_longer(colleague, make):
    row = make("sent", request__created_by=colleague)
    colleague.memberships.all().delete()
    colleague.__dict__.pop("organisation_roles", None)
    with pytest.raises(WrongState, match="act for a side"):
        actions.withdraw(row, by=colleague)


def test_a_verb_without_its_reason_is_refused(make, host, editor):
    for call in (lambda: actions.decline(make("sent"), by=host, reason=" "), lambda: actions.cancel(make("agreed"), by=editor, reason="")):
        with pytest.raises(ValidationError, match="Say why"):
            call()
