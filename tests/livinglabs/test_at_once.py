"""Two of the lab's verbs in the same second, on connections of their own."""

import threading
import time

import pytest
from django.db import transaction

from common.errors import WrongState
from livinglabs import actions
from livinglabs.models import LivingLab, Offer
from tests.conftest import of
from tests.factories import LivingLabFactory, OfferFactory
from tests.support.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)
TEXTS = [{"language": "en", "title": "Pole position", "is_original": True}]


@pytest.fixture
def people(organisation):
    return [of(organisation, "editor", name=f"Editor {number}") for number in range(3)]


def outcome(answers):
    """How many were done, and how many refused by the state."""
    return sum(not isinstance(one, Exception) for one in answers), sum(isinstance(one, WrongState) for one in answers)


def test_of_two_hosts_who_decide_the_second_is_refused(organisation, people):
    lab = LivingLabFactory(organisation=organisation)
    seen = [LivingLab.objects.select_related("organisation").get(pk=lab.pk) for _person in people[:2]]
    answers = at_once(lambda: actions.archive(seen[0], by=people[0]), lambda: actions.archive(seen[1], by=people[1]))
    assert (outcome(answers), LivingLab.objects.get().state) == ((1, 1), "archived")


def test_offers_of_one_title_get_addresses_of_their_own(organisation, people):
    lab = LivingLabFactory(organisation=organisation)
    answers = at_once(*[lambda person=person: actions.create_offer(lab, by=person, texts=[dict(TEXTS[0])]) for person in people])
    assert outcome(answers) == (3, 0)
    assert sorted(Offer.objects.values_list("slug", flat=True)) == ["pole-position", "pole-position-2", "pole-position-3"]


def test_one_draft_however_often_the_button_is_pressed(organisation, people):
    texts = [{"language": "en", "name": "Street lab", "is_original": True}]
    at_once(*[lambda: actions.start_lab(organisation, by=people[0], texts=[dict(texts[0])])] * 4)
    assert LivingLab.objects.count() == 1


def test_of_two_saves_that_began_from_the_same_the_second_is_refused(organisation, people):
    lab = LivingLabFactory(organisation=organisation)
    answers = at_once(*[
        lambda name=name, person=person: actions.update_lab(
            LivingLab.objects.get(pk=lab.pk), by=person, opened_at=0, texts=[{"language": "en", "name": name}]
        )
        for name, person in zip(("One", "Other"), people, strict=False)
    ])  # fmt: skip
    assert (outcome(answers), LivingLab.objects.get().revision) == ((1, 1), 1)


def test_an_offer_hidden_while_its_lab_publishes_it_stays_hidden(organisation, people, moderator):
    offer = OfferFactory(lab=LivingLabFactory(organisation=organisation))
    seen = Offer.objects.select_related("lab__organisation").get(pk=offer.pk)
    answers = at_once(
        lambda: actions.hide_offer(offer, by=moderator, reason="Advertising"), lambda: actions.archive_offer(seen, by=people[0])
    )
    states = {(2, 0): "hidden", (1, 1): "hidden"}
    assert Offer.objects.get().state == states[outcome(answers)]


def test_an_offer_is_saved_while_its_lab_is_closed_without_one_stopping_the_other(organisation, people):
    offer = OfferFactory(lab=LivingLabFactory(organisation=organisation), kind="site")
    held = threading.Event()

    def close():
        with transaction.atomic():
            lab = actions.locked_lab(offer.lab)
            held.set()
            time.sleep(0.3)  # the other one is under way
            return actions.lock_offers(lab)

    def save():
        held.wait(5)
        return actions.update_offer(offer, by=people[0], kind="workshop")

    answers = at_once(close, save)
    assert ([one for one in answers if isinstance(one, Exception)], Offer.objects.get().kind) == ([], "workshop")
