"""Two who decide at the same moment, for real: one of them is told what the other has done (TC-11)."""

import uuid
from datetime import date

import pytest

from bookings.models import Booking
from common.errors import WrongState
from conversations.models import Post, Thread
from organisations.models import Organisation
from testrequests import actions
from testrequests.models import Application, Task, TestRequest
from tests.conftest import of
from tests.factories import ApplicationFactory, LivingLabFactory, OfferFactory, OrganisationFactory, TestRequestFactory
from tests.support.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)
TERMS = {"text": "One pole.", "starts_on": date(2030, 3, 1), "ends_on": date(2030, 3, 31)}


@pytest.fixture
def world(db):
    """An application that is sent, its asker and two who answer."""
    asking, lab = OrganisationFactory(), LivingLabFactory()
    row = ApplicationFactory(asking=asking, lab=lab, offer=OfferFactory(lab=lab, capacity=3))
    return row, of(asking, "editor"), of(lab.organisation, "owner"), of(lab.organisation, "editor")


def refused(answers):
    return [type(one).__name__ for one in answers if isinstance(one, Exception)]


def test_one_host_accepts_and_one_declines(world):
    row, _asker, first, second = world
    answers = at_once(lambda: actions.accept(row, by=first), lambda: actions.decline(row, by=second, reason="No."))
    assert refused(answers) == ["WrongState"]
    assert Application.objects.get(pk=row.pk).state in ("accepted", "declined")


def test_the_lab_accepts_while_the_asker_withdraws(world):
    row, asker, host, _second = world
    answers = at_once(lambda: actions.accept(row, by=host), lambda: actions.withdraw(row, by=asker))
    assert Application.objects.get(pk=row.pk).state == "withdrawn"  # also after it was accepted
    assert len(refused(answers)) <= 1


def test_a_draft_sent_twice_goes_out_once(world):
    row, asker, _first, _second = world
    draft = TestRequestFactory(organisation=row.organisation, created_by=asker)
    actions.edit_request(draft, by=asker, labs=[(row.lab, None)])
    assert refused(at_once(*[lambda: actions.send_request(draft, by=asker)] * 2)) == []
    assert draft.applications.get().state == "sent"


def test_a_new_form_sent_twice_is_one_draft(world):
    row, asker, _first, _second = world
    key, organisation = uuid.uuid4(), Organisation.objects.get(pk=row.organisation_id)
    make = lambda: actions.create_request(by=asker, organisation=organisation, key=key, language="en", title="Once")  # noqa: E731
    assert refused(at_once(make, make)) == []
    assert TestRequest.objects.filter(key=key).count() == 1


def test_two_versions_of_terms_do_not_pass_each_other(world):
    row, asker, host, _second = world
    actions.accept(row, by=host)
    answers = at_once(*[lambda by=by: actions.propose_terms(row, by=by, base=0, **TERMS) for by in (asker, host)])
    assert (refused(answers), row.terms.count()) == (["WrongState"], 1)


def test_the_first_two_messages_make_one_thread(world):
    row, asker, host, _second = world
    assert refused(at_once(*[lambda by=by: actions.write(row, by=by, text="Hello.") for by in (asker, host)])) == []
    assert (Thread.objects.count(), sorted(Post.objects.values_list("number", flat=True))) == (1, [1, 2])


def test_a_task_sent_twice_is_one(world):
    row, asker, _first, _second = world
    key = uuid.uuid4()
    assert refused(at_once(*[lambda: actions.add_task(row, by=asker, key=key, title="Mount", side="lab")] * 2)) == []
    assert Task.objects.count() == 1


def test_six_agreements_at_once_share_three_places(world):
    """The offer takes three: three agreements hold a unit each, the others are told when it is free."""
    row, _asker, host, _second = world
    ready = []
    for _number in range(6):
        asker = of(OrganisationFactory(), "editor")
        one = ApplicationFactory(asking=asker.memberships.get().organisation, lab=row.lab, offer=row.offer, state="accepted")
        actions.propose_terms(one, by=host, base=0, **TERMS)
        ready.append((one, asker))
    answers = at_once(*[lambda one=one, by=by: actions.accept_terms(one, by=by, version=1) for one, by in ready])
    assert (refused(answers), {one.code for one in answers if isinstance(one, WrongState)}) == (["WrongState"] * 3, {"full"})
    assert sorted(Booking.objects.values_list("unit", flat=True)) == [1, 2, 3]
    assert Application.objects.filter(state="agreed", booking__isnull=False).count() == 3
