"""What the verbs write, whom they tell, and what they refuse."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from bookings.models import Booking
from common.errors import WrongState
from conversations.models import Post
from organisations.actions import merge
from testrequests import actions
from testrequests.enums import State
from testrequests.models import Application, TestRequest
from tests.conftest import of
from tests.factories import LivingLabFactory, OfferFactory, OrganisationFactory, TaskFactory, TestRequestFactory
from tests.support.told import told

pytestmark = pytest.mark.django_db
TERMS = {"text": "One pole for a month.", "starts_on": date(2030, 3, 1), "ends_on": date(2030, 3, 31)}


def agree(row, host, editor, **more):
    """The lab proposes, who asked accepts."""
    last = row.terms.first()
    terms = actions.propose_terms(row, by=host, base=last.version if last else 0, **{**TERMS, **more})
    return actions.accept_terms(row, by=editor, version=terms.version)


# ---- writing and sending


@pytest.fixture
def draft(organisation, editor, lab):
    request = TestRequestFactory(organisation=organisation, created_by=editor)
    return actions.edit_request(request, by=editor, labs=[(lab, None)])


def begin(editor, organisation, **more):
    return actions.create_request(by=editor, organisation=organisation, language="en", title="Smart bin", **more)


def test_the_same_form_sent_twice_is_one_draft(editor, organisation, lab):
    key = uuid.uuid4()
    first, second = (begin(editor, organisation, key=key, labs=[(lab, None)]) for _time in range(2))
    assert (first.pk, first.applications.count(), TestRequest.objects.count()) == (second.pk, 1, 1)


def test_the_key_of_somebody_else_is_refused(editor, stranger, organisation):
    key = begin(editor, organisation, key=uuid.uuid4()).key
    with pytest.raises(WrongState):
        begin(stranger, OrganisationFactory(), key=key)


def test_a_draft_is_sent_to_all_labs_at_once(draft, editor, lab, host):
    second = LivingLabFactory(answer_days=3)
    actions.edit_request(draft, by=editor, labs=[(lab, None), (second, None)])
    actions.send_request(draft, by=editor)
    rows = draft.applications.order_by("due_on")
    assert [(row.lab, row.state, row.turn) for row in rows] == [(second, "sent", "lab"), (lab, "sent", "lab")]
    assert rows[0].due_on == timezone.localdate() + timedelta(days=3)
    assert told("testrequest.asked") == [("testrequest.asked", "Host", "answers_for_lab")]


def test_sent_twice_is_sent_once(draft, editor, host):
    for _time in range(2):
        actions.send_request(draft, by=editor)
    assert len(told("testrequest.asked")) == 1


def test_what_is_missing_is_named_by_field(draft, editor):
    actions.edit_request(draft, by=editor, problem="", personal_data="yes")
    with pytest.raises(ValidationError) as refusal:
        actions.send_request(draft, by=editor)
    assert set(refusal.value.error_dict) == {"problem", "data_what", "data_basis", "data_kept"}


@pytest.mark.parametrize(
    ("change", "words"),
    [({"labs": []}, "at least one lab"), ({"starts_on": date(2020, 1, 1), "ends_on": date(2020, 2, 1)}, "over already")],
)
def test_a_request_that_cannot_be_answered_is_not_sent(draft, editor, change, words):
    actions.edit_request(draft, by=editor, **change)
    with pytest.raises(WrongState, match=words):
        actions.send_request(draft, by=editor)


def test_a_lab_that_was_archived_meanwhile_is_named(draft, editor, lab):
    type(lab).objects.filter(pk=lab.pk).update(state="archived")
    with pytest.raises(WrongState, match="Street lab takes no requests"):
        actions.send_request(draft, by=editor)


def test_an_offer_that_is_not_open_to_the_organisation_is_named(draft, editor, lab, organisation):
    offer = OfferFactory(lab=lab, open_to=["research"], text__title="Climate street")
    actions.edit_request(draft, by=editor, labs=[(lab, offer)])
    with pytest.raises(WrongState, match="not open to organisations of your type"):
        actions.send_request(draft, by=editor)


def test_periods_reversed_are_refused_at_the_field(draft, editor):
    with pytest.raises(ValidationError) as refusal:
        actions.edit_request(draft, by=editor, starts_on=date(2030, 3, 2), ends_on=date(2030, 3, 1))
    assert list(refusal.value.error_dict) == ["ends_on"]


def test_whoever_saves_second_is_told(draft, editor, owner):
    base = TestRequest.objects.get(pk=draft.pk).revision
    actions.edit_request(draft, by=owner, base=base, title="Hers")
    with pytest.raises(WrongState) as refusal:
        actions.edit_request(draft, by=editor, base=base, title="Mine")
    assert (refusal.value.code, TestRequest.objects.get(pk=draft.pk).title) == ("stale", "Hers")


def test_a_sent_request_is_changed_until_a_lab_accepts(make, editor, host):
    row = make("clarifying")
    actions.edit_request(row.request, by=editor, tested="Two bins.")
    assert told("testrequest.changed") == [("testrequest.changed", "Host", "answers_for_lab")]
    actions.accept(row, by=host)
    with pytest.raises(WrongState, match="accepted this request"):
        actions.edit_request(row.request, by=editor, tested="Three bins.")


def test_a_sent_request_stays_complete(make, editor):
    with pytest.raises(ValidationError, match="which problem"):
        actions.edit_request(make("sent").request, by=editor, problem="")


def test_one_more_lab_is_asked_once(make, editor):
    row, second = make("declined"), LivingLabFactory()
    actions.ask_lab(row.request, second, by=editor)
    with pytest.raises(WrongState, match="asked already"):
        actions.ask_lab(row.request, second, by=editor)
    assert sorted(row.request.applications.values_list("state", flat=True)) == ["declined", "sent"]


def test_a_draft_is_deleted_and_a_sent_request_is_not(draft, make, editor):
    actions.delete_draft(draft, by=editor)
    assert not TestRequest.objects.filter(pk=draft.pk).exists()
    with pytest.raises(WrongState, match="is sent"):
        actions.delete_draft(make("sent").request, by=editor)


# ---- answering


def test_asking_back_gives_the_turn_and_the_answer_gives_it_back(make, host, editor):
    row = make("sent")
    actions.ask_back(row, by=host, text="Which poles?")
    row.refresh_from_db()
    assert (row.state, row.turn, row.answered_at is not None) == ("clarifying", "company", True)
    actions.write(row, by=editor, text="Those by the quay.")
    row.refresh_from_db()
    assert (row.state, row.turn) == ("clarifying", "lab")
    assert [post.text for post in Post.objects.order_by("number")] == ["Which poles?", "Those by the quay."]
    assert told("testrequest.asked_back") == [("testrequest.asked_back", name, "asks_for_test") for name in ("Editor",)]


def test_the_same_message_sent_twice_is_one(make, editor):
    row, key = make("sent"), uuid.uuid4()
    for _time in range(2):
        actions.write(row, by=editor, text="Hello.", key=key)
    assert Post.objects.count() == 1


def test_the_first_answer_stays_the_first(make, host):
    row, first = make("sent"), timezone.now() - timedelta(days=2)
    actions.ask_back(row, by=host, text="Which?", now=first)
    actions.accept(row, by=host)
    row.refresh_from_db()
    assert row.answered_at == first


def test_a_lab_that_declines_reads_the_confidential_part_no_longer(make, host):
    row = make("sent", request__confidential="Patent")
    part = type(row.request.confidential).objects
    assert part.visible_to(host).count() == 1
    actions.decline(row, by=host, reason="No poles.")
    assert part.visible_to(host).count() == 0


# ---- terms and capacity


def test_terms_are_in_force_when_both_have_accepted(make, host, editor, offer):
    row = make("accepted", offer=offer)
    agree(row, host, editor)
    row.refresh_from_db()
    assert (row.state, row.agreed_terms.version, row.turn, row.due_on) == ("agreed", 1, "", date(2030, 3, 1))
    assert (row.booking.starts.date(), row.booking.ends.date(), row.booking.unit) == (date(2030, 3, 1), date(2030, 4, 1), 1)


def test_accepting_twice_is_the_same_as_once(make, host, editor, offer):
    row = agree(make("accepted", offer=offer), host, editor)
    actions.accept_terms(row, by=editor, version=1)
    assert Booking.objects.count() == 1


def test_whoever_proposed_waits_for_the_other(make, host):
    row = make("accepted")
    actions.propose_terms(row, by=host, base=0, **TERMS)
    actions.accept_terms(row, by=host, version=1)
    row.refresh_from_db()
    assert (row.state, row.turn, row.terms.get().waits_for) == ("accepted", "company", ["company"])


def test_a_full_offer_refuses_the_agreement_with_the_next_free_period(make, host, editor, offer):
    agree(make("accepted", offer=offer), host, editor)
    row = make("accepted", offer=offer)
    with pytest.raises(WrongState, match=r"full.*1 April"):
        agree(row, host, editor)
    row.refresh_from_db()
    assert (row.state, row.terms.get().waits_for, Booking.objects.count()) == ("accepted", ["company"], 1)


def test_a_change_of_terms_needs_both_again_and_moves_what_is_held(make, host, editor, offer):
    row = agree(make("accepted", offer=offer), host, editor)
    actions.propose_terms(row, by=editor, base=1, **{**TERMS, "ends_on": date(2030, 4, 30)})
    row.refresh_from_db()
    assert (row.state, row.turn, row.agreed_terms.version) == ("agreed", "lab", 1)
    actions.accept_terms(row, by=host, version=2)
    row.refresh_from_db()
    assert (row.agreed_terms.version, row.booking.ends.date(), Booking.objects.count()) == (2, date(2030, 5, 1), 1)


def test_a_version_that_was_overtaken_is_not_accepted(make, host, editor):
    row = make("accepted")
    actions.propose_terms(row, by=host, base=0, **TERMS)
    actions.propose_terms(row, by=host, base=1, **TERMS)
    with pytest.raises(WrongState, match="Another version"):
        actions.accept_terms(row, by=editor, version=1)


def test_terms_over_already_are_refused(make, host):
    with pytest.raises(ValidationError, match="over already"):
        actions.propose_terms(make("accepted"), by=host, base=0, text="x", starts_on=date(2020, 1, 1), ends_on=date(2020, 2, 1))


def test_calling_off_frees_what_was_held(make, host, editor, offer):
    row = agree(make("accepted", offer=offer), host, editor)
    actions.cancel(row, by=editor, reason="Bankrupt.")
    row.refresh_from_db()
    assert (row.state, row.reason, row.booking.is_held) == ("cancelled", "Bankrupt.", False)


def test_an_archived_offer_is_not_agreed_on(make, host, editor, offer):
    row = make("accepted", offer=offer)
    type(offer).objects.filter(pk=offer.pk).update(state="archived")
    with pytest.raises(WrongState):
        agree(row, host, editor)
    row.refresh_from_db()
    assert row.state == "accepted"


# ---- the clock


def test_the_first_day_gives_the_turn_to_the_lab(make, host, editor):
    row = agree(make("accepted"), host, editor)
    actions.pass_by_the_clock(now=datetime(2030, 3, 1, 9, tzinfo=UTC))
    row.refresh_from_db()
    assert (row.state, row.turn) == ("agreed", "lab")


def test_who_must_act_is_reminded_before_and_weekly_after(make, host):
    row, today = make("sent", due_on=timezone.localdate() + timedelta(days=3)), timezone.now()
    numbers = [actions.remind(now=today + timedelta(days=days)) for days in (0, 1, 4, 5, 11)]
    assert numbers == [1, 0, 1, 0, 1]
    assert {kind for kind, _name, _reason in told()} == {"testrequest.due", "testrequest.overdue"}
    assert row.is_overdue_at(timezone.localdate() + timedelta(days=4))


def test_a_task_reminds_its_side(make, editor):
    TaskFactory(application=make("running"), side="company", due_on=timezone.localdate() - timedelta(days=1))
    assert actions.remind() == 1
    assert told("testrequest.overdue") == [("testrequest.overdue", "Editor", "asks_for_test")]


# ---- what happens around it


def test_an_organisation_that_is_merged_takes_its_requests_along(make, moderator, host):
    row, into = make("sent"), OrganisationFactory()
    merge(row.organisation, into, by=moderator)
    row.refresh_from_db()
    assert (row.organisation, row.request.organisation) == (into, into)
    assert Application.objects.visible_to(of(into, "editor")).get() == row


def test_a_lab_whose_host_is_merged_keeps_its_requests(make, moderator, lab):
    row, into = make("sent"), OrganisationFactory()
    merge(lab.organisation, into, by=moderator)
    newcomer = of(into, "editor")
    actions.accept(row, by=newcomer)
    assert Application.objects.get(pk=row.pk).state == State.ACCEPTED


def test_a_lab_archived_with_requests_open_still_answers(make, host, lab):
    row = make("sent")
    type(lab).objects.filter(pk=lab.pk).update(state="archived")
    actions.decline(row, by=host, reason="We close.")
    assert Application.objects.get(pk=row.pk).state == State.DECLINED


def test_a_request_outlives_the_member_who_began_it(make, editor, owner, host):
    row = make("sent", request__created_by=editor)
    editor.memberships.all().delete()
    actions.ask_back(row, by=host, text="Still there?")
    assert told("testrequest.asked_back") == [("testrequest.asked_back", "Owner", "asks_for_test")]
