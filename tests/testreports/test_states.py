"""Every state × verb × actor: whatever does not stand in the table is refused, and nothing is written."""

import pytest
from django.core.exceptions import ValidationError

from common.errors import WrongState
from notifications.models import OutboxEntry
from records.models import AuditEntry
from testreports import actions
from testreports.enums import State
from testreports.models import TestReport
from tests.support.told import told

pytestmark = [pytest.mark.django_db, pytest.mark.any_version]

CALLS = {
    "update": lambda report, by: actions.update_report(report, by=by, visibility="members"),
    "submit": lambda report, by: actions.submit(report, by=by),
    "take_back": lambda report, by: actions.take_back(report, by=by),
    "return": lambda report, by: actions.return_(report, by=by, reason="The pole was not ours."),
    "publish": lambda report, by: actions.publish(report, by=by, goes_on="yes"),
    "reopen": lambda report, by: actions.reopen(report, by=by),
    "delete": lambda report, by: actions.delete(report, by=by),
    "make_project": lambda report, by: actions.make_project(report, by=by, site_url="https://portal.example"),
    "test_again": lambda report, by: actions.test_again(report, by=by),
}
#: Verb → (sides of a report the company wrote, from where, where it leads).
TABLE = {
    "update": ("company", "draft returned", ""),
    "submit": ("company", "draft returned", "submitted"),
    "take_back": ("company", "submitted", "draft"),
    "return": ("lab", "submitted", "returned"),
    "publish": ("lab", "submitted", "published"),
    "reopen": ("company", "published", "draft"),
    "delete": ("company", "draft", "gone"),
    "make_project": ("company lab", "published", ""),
    "test_again": ("company", "published", ""),
}
SIDES = {"editor": "company", "host": "lab", "stranger": "nobody", "helper": "nobody", "colleague": "nobody"}


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("verb", CALLS)
@pytest.mark.parametrize("part", SIDES)
def test_state_by_verb_by_actor(state, verb, part, make, request):
    report, person = make(state), request.getfixturevalue(part)
    sides, sources, leads_to = TABLE[verb]
    if state == "hidden" and verb == "publish":
        sources += " hidden"  # the door lets moderators only; see below
        sides = " ".join(SIDES.values())
    allowed = state in sources.split() and SIDES[part] in sides.split()
    entries = AuditEntry.objects.count()
    try:
        CALLS[verb](report, person)
        done = True
    except WrongState:
        done = False
    now = TestReport.objects.values_list("state", flat=True).first() or "gone"
    wanted = (leads_to or state) if allowed else state
    assert (done, now, AuditEntry.objects.count() > entries) == (allowed, wanted, allowed)


def test_a_report_of_the_lab_is_agreed_to_by_who_tested(make, editor, host):
    report = make("submitted", side="lab")
    with pytest.raises(WrongState):
        actions.publish(report, by=host)
    assert actions.publish(report, by=editor).state == "published"


def test_the_team_answers_for_the_lab(make, team_member):
    assert actions.publish(make("submitted"), by=team_member, goes_on="no", goes_on_why="Too loud.").goes_on == "no"


def test_the_lab_says_whether_it_goes_on(make, host):
    report = make("submitted")
    for answer in ("", "perhaps"):
        with pytest.raises(ValidationError) as refusal:
            actions.publish(report, by=host, goes_on=answer)
        assert list(refusal.value.message_dict) == ["goes_on"]
    report.refresh_from_db()
    assert report.state == "submitted"


def test_who_tested_does_not_speak_for_the_host(make, editor):
    with pytest.raises(ValidationError):
        actions.update_report(make("draft"), by=editor, goes_on="yes")


@pytest.mark.parametrize("gap", ["summary", "done"])
def test_what_is_missing_is_said_before_it_is_submitted(make, editor, gap):
    report = make("draft", **{f"text__{gap}": ""})
    with pytest.raises(WrongState) as refusal:
        actions.submit(report, by=editor)
    assert refusal.value.code == "incomplete"


def test_a_report_of_the_lab_says_whether_it_goes_on_before_it_is_submitted(make, host):
    with pytest.raises(WrongState):
        actions.submit(make("draft", side="lab", goes_on=""), by=host)


@pytest.mark.parametrize("verb", ["return_", "hide"])
def test_a_reason_is_needed(make, host, verb):
    with pytest.raises(WrongState):
        getattr(actions, verb)(make("submitted" if verb == "return_" else "published"), by=host, reason=" \n")


def test_a_moderator_hides_and_publishes_again(make, moderator, editor, host):
    report = actions.hide(make("published"), by=moderator, reason="Names a patient.")
    assert (report.state, told("testreport.hidden")) == (
        "hidden",
        [("testreport.hidden", "Editor", "test_company"), ("testreport.hidden", "Host", "test_lab")],
    )
    assert actions.publish(report, by=moderator).state == "published"


def test_what_was_hidden_since_it_was_read_is_not_published_by_the_lab(make, host, moderator):
    report = make("submitted")
    TestReport.objects.update(state="hidden")
    with pytest.raises(WrongState):
        actions.publish(report, by=host, goes_on="yes")


def test_a_published_report_that_is_corrected_is_not_deleted(make, editor):
    report = actions.reopen(make("published"), by=editor)
    with pytest.raises(WrongState):
        actions.delete(report, by=editor)


def test_who_hears_of_a_report(make, editor, host, team_member, helper, colleague):
    report = actions.submit(make("draft"), by=editor)
    submitted = told("testreport.asked")
    actions.publish(report, by=host, goes_on="yes")
    assert submitted == [("testreport.asked", "Host", "test_lab"), ("testreport.asked", "Team", "test_lab")]
    assert told("testreport.published") == [("testreport.published", "Editor", "test_company")]


def test_followers_hear_once(make, editor, host, stranger, lab):
    from notifications.actions import follow

    follow(stranger, lab)
    report = actions.publish(make("submitted", told_at=None), by=host, goes_on="yes")
    actions.reopen(report, by=editor)
    actions.submit(report, by=editor)
    actions.publish(report, by=host, goes_on="yes")
    assert OutboxEntry.objects.filter(kind="testreport.released").count() == 1
    assert told("testreport.released") == [("testreport.released", "Stranger", "follow")]
