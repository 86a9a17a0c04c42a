"""The verbs of minutes, decisions and action points: what they do, whom they tell, and that two at once come one after the other."""

import pytest

from common.errors import STALE, WrongState
from events import actions
from events.content import base_of, content_of
from events.enums import ActionState, MinutesState
from events.models import ActionPoint, Decision, Event, Minutes
from notifications.models import OutboxEntry
from records.models import AuditEntry
from tests.factories import (
    AgendaItemFactory,
    EventFactory,
    GroupMembershipFactory,
    RegistrationFactory,
)
from tests.support.minutes import key_of, typed_for, write
from tests.support.threads import at_once
from workinggroups.models import Seat

pytestmark = pytest.mark.django_db


def told(kind):
    """[(member, reason)] of the entries of a kind."""
    return [tuple(one) for entry in OutboxEntry.objects.filter(kind=kind).order_by("pk") for one in entry.receivers]


# ---- agenda


def titles(event):
    return list(event.agenda.planned().values_list("title", flat=True))


def test_items_stand_in_the_order_they_are_put_in(meeting, chair):
    added = actions.add_item(meeting, by=chair, title="Any other business", length=10)
    actions.move_item(added, by=chair, up=True)
    assert titles(meeting) == ["The numbers", "Any other business", "One method"]
    actions.remove_item(added, by=chair)
    assert titles(meeting) == ["The numbers", "One method"]


def test_the_first_does_not_move_up_nor_the_last_down(meeting, chair):
    first, last = meeting.agenda.planned()
    actions.move_item(first, by=chair, up=True)
    actions.move_item(last, by=chair, up=False)
    assert titles(meeting) == ["The numbers", "One method"]


def test_a_proposal_is_told_taken_in_and_answered(meeting, chair, group_member):
    item = actions.propose_item(meeting, by=group_member, title="Bats", text="Lund has measured.")
    assert (told("event.item_proposed"), titles(meeting)) == ([(chair.pk, "event_host")], ["The numbers", "One method"])
    actions.accept_item(item, by=chair)
    assert (told("event.item_accepted"), titles(meeting)[-1]) == ([(group_member.pk, "author")], "Bats")


def test_the_same_proposal_twice_is_one(meeting, group_member):
    one, two = (actions.propose_item(meeting, by=group_member, title="Bats") for _time in range(2))
    assert one == two


def test_a_proposal_that_is_not_taken_in_is_answered(meeting, chair, group_member):
    item = actions.propose_item(meeting, by=group_member, title="Bats")
    with pytest.raises(WrongState):
        actions.decline_item(item, by=chair, answer="  ")
    actions.decline_item(item, by=chair, answer="Next time.")
    entry = OutboxEntry.objects.get(kind="event.item_declined")
    assert (entry.note, entry.receivers) == ("Next time.", [[group_member.pk, "author"]])


def test_an_item_changed_meanwhile_is_not_overwritten(meeting, chair):
    item = meeting.agenda.first()
    actions.change_item(item, by=chair, opened_at=0, title="First")
    with pytest.raises(WrongState) as refusal:
        actions.change_item(item, by=chair, opened_at=0, title="Second")
    assert (refusal.value.code, titles(meeting)[0]) == (STALE, "First")


# ---- minutes


def test_minutes_begin_with_the_agenda_and_who_came(draft, chair, group_member):
    content = content_of(draft)
    assert [row["title"] for row in content["points"]] == ["The numbers", "One method"]
    assert [(row["name"], row["presence"]) for row in content["people"]] == [("Group member", "present"), ("Chair", "absent")]


def test_a_seat_brings_its_organisation_and_its_deputy(meeting, chair, group_member, organisation):
    holder = GroupMembershipFactory(group=meeting.group, user__name="Holder")
    deputy = meeting.group.memberships.get(user=group_member)
    Seat.objects.create(group=meeting.group, organisation=organisation, holder=holder, deputy=deputy)
    RegistrationFactory(event=meeting, user=group_member, attended=True)
    people = content_of(actions.start_minutes(meeting, by=chair))["people"]
    rows = {row["name"]: (row["organisation_name"], row["is_deputy"], row["presence"]) for row in people}
    assert rows["Group member"] == (organisation.name, True, "present")
    assert rows["Holder"] == (organisation.name, False, "absent")


def test_who_was_noted_as_away_is_absent(meeting, chair, group_member):
    RegistrationFactory(event=meeting, user=group_member, attended=False)
    people = content_of(actions.start_minutes(meeting, by=chair))["people"]
    assert {row["name"]: row["presence"] for row in people}["Group member"] == "absent"


def test_no_minutes_before_it_begins_and_none_twice(group, chair, draft):
    early = EventFactory(organisation=None, group=group)
    with pytest.raises(WrongState):
        actions.start_minutes(early, by=chair)
    assert actions.start_minutes(draft.event, by=chair) == draft


def test_two_who_write_different_points_lose_nothing(draft, chair, group_member):
    mine, base = typed_for(draft)
    theirs = content_of(draft)
    mine["points"][0]["text"], theirs["points"][1]["text"] = "Mine.", "Theirs."
    actions.save_minutes(draft, by=group_member, typed=theirs, base=base)
    saved = actions.save_minutes(draft, by=chair, typed=mine, base=base)
    assert ([row["text"] for row in content_of(draft)["points"]], saved.clashes) == (["Mine.", "Theirs."], {})


def test_the_same_point_written_twice_comes_back_and_the_next_save_counts(draft, chair, group_member):
    mine, base = typed_for(draft)
    theirs = content_of(draft)
    mine["points"][0]["text"], theirs["points"][0]["text"] = "Mine.", "Theirs."
    actions.save_minutes(draft, by=group_member, typed=theirs, base=base)
    saved = actions.save_minutes(draft, by=chair, typed=mine, base=base)
    assert [value["text"] for value in saved.clashes.values()] == ["Theirs."]
    assert content_of(draft)["points"][0]["text"] == "Theirs."
    actions.save_minutes(draft, by=chair, typed=mine, base=base_of(content_of(draft)))
    assert content_of(draft)["points"][0]["text"] == "Mine."


def test_a_row_somebody_adds_does_not_take_another_out(written, chair):
    content, base = typed_for(written)
    write(written, by=chair, decisions=(), agreed=("One more",))
    actions.save_minutes(written, by=chair, typed=content, base=base)
    assert [row["text"] for row in content_of(written)["agreed"]] == ["Send the numbers", "One more"]


def test_nobody_is_named_who_does_not_belong(draft, chair, stranger):
    write(draft, by=chair, owner=stranger)
    assert list(draft.agreed.values_list("owner", flat=True)) == [None]


def test_approval_numbers_decisions_and_starts_action_points(approved, chair, group_member):
    decision, point = Decision.objects.get(), ActionPoint.objects.get()
    year = approved.event.starts.year
    assert (decision.reference, decision.is_in_force, decision.group) == (f"{year}-1", True, approved.event.group)
    assert (point.text, point.owner, point.state) == ("Send the numbers", chair, ActionState.OPEN)
    assert told("event.minutes_approved") == [(group_member.pk, "registered")]


def test_numbers_of_a_host_go_on_and_each_host_has_its_own(approved, group, chair, group_member, owner, organisation):
    second = EventFactory(organisation=None, group=group, past=True)
    of_organisation = EventFactory(organisation=organisation, past=True)
    for event, person in ((second, chair), (of_organisation, owner)):
        RegistrationFactory(event=event, user=person)
        draft = actions.start_minutes(event, by=person)
        content, base = typed_for(draft)
        content["points"] = [{"key": key_of("points", 0), "title": "One", "presenter": "", "text": "Said."}]
        draft = actions.save_minutes(draft, by=person, typed=content, base=base).minutes
        draft = write(draft, by=person, agreed=())
        actions.approve_minutes(draft, by=person, revision=draft.revision)
    assert [one.number for one in Decision.objects.order_by("pk")] == [1, 2, 1]


@pytest.mark.parametrize("case", ["unread", "nobody there", "nothing said"])
def test_what_is_not_ready_is_not_approved(draft, written, chair, case):
    revision = written.revision - 1 if case == "unread" else written.revision
    if case == "nobody there":
        written.attendees.update(presence="absent")
    if case == "nothing said":
        written.decisions.all().delete()
        written.points.update(text="")
    with pytest.raises(WrongState):
        actions.approve_minutes(written, by=chair, revision=revision)
    assert Minutes.objects.get().state == MinutesState.DRAFT


def test_approved_minutes_are_not_saved_any_more(approved, chair):
    content, base = typed_for(approved)
    with pytest.raises(WrongState):
        actions.save_minutes(approved, by=chair, typed=content | {"remarks": "Later."}, base=base)
    assert Minutes.objects.get().remarks == ""


def corrected(approved, by, **changed):
    draft = actions.correct_minutes(approved.event, by=by, reason="The number was wrong.")
    content, base = typed_for(draft)
    draft = actions.save_minutes(draft, by=by, typed=content | changed, base=base).minutes
    return actions.approve_minutes(draft, by=by, revision=draft.revision)


def test_a_correction_is_a_new_version_and_keeps_the_numbers(approved, chair):
    decisions = content_of(approved)["decisions"]
    decisions[0]["text"] = "We count kWh per lit kilometre and year."
    corrected(approved, chair, decisions=decisions)
    states = dict(Minutes.objects.values_list("version", "state"))
    assert states == {1: MinutesState.REPLACED, 2: MinutesState.APPROVED}
    found = Decision.objects.in_force().get()
    assert (found.number, found.text, Decision.objects.count()) == (1, "We count kWh per lit kilometre and year.", 2)
    assert OutboxEntry.objects.get(kind="event.minutes_corrected").note == "The number was wrong."


def test_a_number_is_never_given_twice(approved, chair):
    version = corrected(approved, chair, decisions=[])
    draft = actions.correct_minutes(version.event, by=chair, reason="And one more.")
    draft = write(draft, by=chair, decisions=("Another.", "Yet another."), agreed=())
    actions.approve_minutes(draft, by=chair, revision=draft.revision)
    assert sorted(Decision.objects.in_force().values_list("number", flat=True)) == [1, 2]


def test_a_correction_leaves_what_became_of_an_action_point(approved, chair, group_member):
    point = ActionPoint.objects.get()
    actions.assign_action(point, by=chair, owner=group_member)
    agreed = content_of(approved)["agreed"]
    agreed[0]["text"] = "Send all numbers"
    corrected(approved, chair, agreed=agreed)
    point.refresh_from_db()
    assert (point.text, point.owner, point.due_on) == ("Send all numbers", group_member, None)


def test_what_a_correction_takes_out_is_dropped(approved, chair):
    corrected(approved, chair, agreed=[])
    assert ActionPoint.objects.get().state == ActionState.DROPPED


def test_a_draft_given_up_leaves_what_is_approved(approved, chair):
    draft = actions.correct_minutes(approved.event, by=chair, reason="A mistake.")
    actions.discard_minutes(draft, by=chair)
    assert list(Minutes.objects.values_list("state", flat=True)) == [MinutesState.APPROVED]


# ---- state × verb × actor: what each verb needs


def latest(event):
    """The minutes a door would find; there is none to be found before they are begun."""
    if minutes := event.minutes.order_by("-version").first():
        return minutes
    raise WrongState("none")


AGENDA = {
    "add": lambda event, by: actions.add_item(event, by=by, title="More"),
    "propose": lambda event, by: actions.propose_item(event, by=by, title="More"),
    "taker": lambda event, by: actions.name_minute_taker(event, by, by=by),
}
MINUTES = {
    "start": lambda event, by: actions.start_minutes(event, by=by),
    "save": lambda event, by: actions.save_minutes(latest(event), by=by, typed=content_of(latest(event)), base={}),
    "approve": lambda event, by: actions.approve_minutes(latest(event), by=by, revision=latest(event).revision),
    "correct": lambda event, by: actions.correct_minutes(event, by=by, reason="Wrong."),
    "discard": lambda event, by: actions.discard_minutes(latest(event), by=by),
}
#: Where the minutes stand → the verbs that lead on from there.
LEADS_ON = {
    "none": {"add", "propose", "taker", "start"},
    "draft": {"taker", "start", "save", "approve", "discard"},
    "approved": {"taker", "correct"},
    "correcting": {"taker", "start", "save", "approve", "discard"},
    "cancelled": set(),
    "hidden": set(),
    "closed group": set(),
}


def meeting_at(stage, meeting, chair, group_member, request):
    if stage in ("draft", "approved", "correcting"):
        request.getfixturevalue("written" if stage == "draft" else "approved")
    if stage == "correcting":
        actions.correct_minutes(meeting, by=chair, reason="Wrong.")
    if stage in ("cancelled", "hidden", "closed group"):
        request.getfixturevalue("written")
        if stage == "closed group":
            type(meeting.group).objects.filter(pk=meeting.group_id).update(state="archived")
        else:
            Event.objects.filter(pk=meeting.pk).update(state=stage)
    return Event.objects.get(pk=meeting.pk)


@pytest.mark.parametrize("verb", [*AGENDA, *MINUTES])
@pytest.mark.parametrize("stage", LEADS_ON)
def test_state_by_verb(stage, verb, meeting, chair, group_member, request):
    event = meeting_at(stage, meeting, chair, group_member, request)
    try:
        (AGENDA | MINUTES)[verb](event, chair)
        went = True
    except WrongState:
        went = False
    assert went == (verb in LEADS_ON[stage])


#: Who may do what with a meeting of a group whose minutes are a draft.
MAY = {
    "events.propose": {"chair", "group_member"},
    "events.read_drafts": {"chair", "group_member", "observer"},
    "events.minute": {"chair", "taker"},
    "events.approve_minutes": {"chair"},
}


@pytest.fixture
def observer(group):
    return GroupMembershipFactory(group=group, role="observer").user


@pytest.fixture
def taker(meeting):
    user = GroupMembershipFactory(group=meeting.group, role="observer").user
    Event.objects.filter(pk=meeting.pk).update(minute_taker=user)
    return user


@pytest.mark.parametrize("part", ["nobody", "stranger", "owner", "chair", "group_member", "observer", "taker", "moderator", "suspended"])
def test_verb_by_actor(part, meeting, chair, group_member, request):
    person = request.getfixturevalue(part)
    event = Event.objects.get(pk=meeting.pk)
    allowed = {permission for permission in MAY if person.has_perm(permission, event)}
    wanted = {permission for permission, parts in MAY.items() if part in parts or (part == "taker" and permission == "events.read_drafts")}
    assert allowed == wanted


def test_who_left_the_group_takes_no_minutes_any_more(meeting, taker):
    taker.group_memberships.all().delete()
    assert not taker.has_perm("events.minute", Event.objects.get(pk=meeting.pk))


# ---- action points


def test_done_is_told_to_those_who_lead_and_can_be_opened_again(approved, chair, group_member):
    point = ActionPoint.objects.get()
    actions.assign_action(point, by=chair, owner=group_member)
    actions.finish_action(point, by=group_member, note="Sent on Monday.")
    point.refresh_from_db()
    assert (point.state, point.note, told("event.action_done")) == (ActionState.DONE, "Sent on Monday.", [(chair.pk, "event_host")])
    actions.reopen_action(point, by=chair)
    point.refresh_from_db()
    assert (point.state, point.finished_at) == (ActionState.OPEN, None)


def test_a_new_owner_is_told_once(approved, chair, group_member):
    point = ActionPoint.objects.get()
    for _time in range(2):
        actions.assign_action(point, by=chair, owner=group_member)
    assert told("event.action_assigned") == [(group_member.pk, "action_owner")]


def test_nobody_from_outside_is_given_anything(approved, chair, stranger):
    with pytest.raises(WrongState):
        actions.assign_action(ActionPoint.objects.get(), by=chair, owner=stranger)


@pytest.mark.parametrize("verb", ["finish", "reopen", "assign"])
@pytest.mark.parametrize("state", ActionState)
def test_action_points_state_by_verb(approved, chair, state, verb):
    ActionPoint.objects.update(state=state)
    calls = {
        "finish": (actions.finish_action, {}),
        "reopen": (actions.reopen_action, {}),
        "assign": (actions.assign_action, {"owner": chair}),
    }
    call, more = calls[verb]
    try:
        call(ActionPoint.objects.get(), by=chair, **more)
        went = True
    except WrongState:
        went = False
    assert went == (state == (ActionState.DONE if verb == "reopen" else ActionState.OPEN))


# ---- two at once, for real


def ready_to_approve():
    """(minutes, chair) that are written, of a group of their own; committed."""
    chair = GroupMembershipFactory(role="chair", user__name="Chair")
    event = EventFactory(organisation=None, group=chair.group, past=True)
    AgendaItemFactory(event=event, title="The numbers")
    RegistrationFactory(event=event, user=chair.user)
    return write(actions.start_minutes(event, by=chair.user), by=chair.user), chair.user


@pytest.mark.django_db(transaction=True)
def test_two_who_approve_at_once_approve_once():
    minutes, chair = ready_to_approve()
    answers = at_once(*[lambda: actions.approve_minutes(minutes, by=chair, revision=minutes.revision)] * 2)
    assert sorted(type(one).__name__ for one in answers) == ["Minutes", "WrongState"]
    assert (Decision.objects.in_force().count(), ActionPoint.objects.count()) == (1, 1)
    assert OutboxEntry.objects.filter(kind="event.minutes_approved").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_meetings_approved_at_once_share_no_number():
    first, chair = ready_to_approve()
    other = EventFactory(organisation=None, group=first.event.group, past=True)
    AgendaItemFactory(event=other, title="One method")
    RegistrationFactory(event=other, user=chair)
    second = write(actions.start_minutes(other, by=chair), by=chair)
    at_once(*[lambda one=one: actions.approve_minutes(one, by=chair, revision=one.revision) for one in (first, second)])
    assert sorted(Decision.objects.in_force().values_list("number", flat=True)) == [1, 2]


@pytest.mark.django_db(transaction=True)
def test_two_who_begin_at_once_begin_once():
    chair = GroupMembershipFactory(role="chair").user
    event = EventFactory(organisation=None, group=chair.group_memberships.get().group, past=True)
    answers = at_once(*[lambda: actions.start_minutes(event, by=chair)] * 4)
    assert (len({one.pk for one in answers}), Minutes.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_two_who_write_at_once_lose_nothing():
    minutes, chair = ready_to_approve()
    base = base_of(content_of(minutes))
    points, remarks = content_of(minutes), content_of(minutes)
    points["points"][0]["text"], remarks["remarks"] = "Said.", "Opened at nine."
    at_once(*[lambda typed=typed: actions.save_minutes(minutes, by=chair, typed=typed, base=base) for typed in (points, remarks)])
    now = content_of(Minutes.objects.get())
    assert (now["points"][0]["text"], now["remarks"]) == ("Said.", "Opened at nine.")


@pytest.mark.django_db(transaction=True)
def test_the_same_part_written_at_once_comes_back_to_one_of_them():
    minutes, chair = ready_to_approve()
    base = base_of(content_of(minutes))
    typed = [content_of(minutes) | {"remarks": words} for words in ("One.", "Two.")]
    answers = at_once(*[lambda one=one: actions.save_minutes(minutes, by=chair, typed=one, base=base) for one in typed])
    kept, clashes = Minutes.objects.get().remarks, [one.clashes for one in answers]
    assert (kept in ("One.", "Two."), sorted(map(len, clashes)), {"remarks": kept} in clashes) == (True, [0, 1], True)


@pytest.mark.django_db(transaction=True)
def test_two_who_finish_at_once_finish_once():
    minutes, chair = ready_to_approve()
    actions.approve_minutes(minutes, by=chair, revision=minutes.revision)
    point = ActionPoint.objects.get()
    answers = at_once(*[lambda: actions.finish_action(point, by=chair)] * 2)
    assert sorted(type(one).__name__ for one in answers) == ["ActionPoint", "WrongState"]


def test_the_trail_says_it(approved, chair):
    verbs = set(AuditEntry.objects.filter(target_id=approved.event_id, by=chair).values_list("verb", flat=True))
    assert {"start_minutes", "save_minutes", "approve_minutes"} <= verbs
