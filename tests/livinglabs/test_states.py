"""States × verbs × cast for labs and their offers: where each verb leads, who may carry it out, who hears of it."""

import pytest
from django.db import transaction

from common.errors import WrongState
from common.publishing import State
from livinglabs import actions
from livinglabs.actions import OFFER_STEPS, STEPS
from livinglabs.claims import Claim, _claims, register_claim
from livinglabs.models import LivingLab, Offer
from notifications.actions import follow
from records.models import AuditEntry
from tests.conftest import of
from tests.factories import LabPartnerFactory, LivingLabFactory, MunicipalityFactory, OfferFactory, OrganisationFactory, ThemeFactory
from tests.support.told import told

pytestmark = [pytest.mark.django_db, pytest.mark.any_version]

#: The whole table: from each state, where each verb leads; it refuses everything else.
TABLE = {
    "draft": {"submit": "submitted", "publish": "published"},
    "submitted": {"return": "returned", "publish": "published", "withdraw": "withdrawn"},
    "returned": {"submit": "submitted", "publish": "published", "reopen": "draft"},
    "published": {"withdraw": "withdrawn", "archive": "archived", "hide": "hidden"},
    "archived": {"withdraw": "withdrawn", "hide": "hidden", "reopen": "draft"},
    "withdrawn": {"reopen": "draft"},
    "hidden": {"publish": "published"},
}
WRITERS = {"submit", "publish", "withdraw", "archive", "reopen"}
MODERATORS = {"publish", "return", "hide"}
MAY = {"nobody": set(), "stranger": set(), "suspended": set(), "colleague": set(), "editor": WRITERS, "owner": WRITERS,
       "moderator": MODERATORS}  # fmt: skip
VERBS = {
    "submit": actions.submit, "return": actions.return_, "publish": actions.publish, "withdraw": actions.withdraw,
    "archive": actions.archive, "hide": actions.hide, "reopen": actions.reopen,
}  # fmt: skip
OFFER_TABLE = {
    "draft": {"publish": "published"},
    "published": {"archive": "archived", "hide": "hidden"},
    "archived": {"reopen": "draft", "hide": "hidden"},
    "hidden": {"publish": "published"},
}
OFFER_VERBS = {
    "publish": actions.publish_offer, "archive": actions.archive_offer, "reopen": actions.reopen_offer, "hide": actions.hide_offer,
}  # fmt: skip
OFFER_MAY = {"editor": {"publish", "archive", "reopen"}, "owner": {"publish", "archive", "reopen"}, "moderator": {"hide"}}


def carry_out(verb, lab, by):
    return VERBS[verb](lab, by=by, **({"reason": "Tell more"} if verb in ("return", "hide") else {}))


def carry_out_on(verb, offer, by):
    return OFFER_VERBS[verb](offer, by=by, **({"reason": "Tell more"} if verb == "hide" else {}))


@pytest.fixture
def claim():
    """Registers a claim for the length of a test."""
    yield register_claim
    _claims.pop("test", None)


@pytest.mark.parametrize("verb", STEPS)
@pytest.mark.parametrize("state", State.values)
def test_where_a_verb_leads(state, verb, owner, organisation):
    lab = LivingLabFactory(organisation=organisation, state=state)
    led_to = ""
    try:
        with transaction.atomic():
            led_to = carry_out(verb, lab, owner).state
    except WrongState:
        lab.refresh_from_db()
    assert (led_to, lab.state) == (TABLE[state].get(verb, ""), TABLE[state].get(verb, state))


@pytest.mark.parametrize("state", State.values)
def test_who_may_what_from_each_state(state, anyone, organisation):
    """Hidden is the one state whose publication is a moderator's alone."""
    lab = LivingLabFactory(organisation=organisation, state=state)
    may = {verb for verb in STEPS if anyone.has_perm(f"livinglabs.{verb}", lab)}
    assert may == MAY[anyone.part] - ({"publish"} if state == "hidden" and anyone.part in ("editor", "owner") else set())


@pytest.mark.parametrize("verb", STEPS)
def test_each_verb_is_recorded_with_its_actor(verb, owner, organisation):
    state = next(state for state, leads in TABLE.items() if verb in leads)
    lab = LivingLabFactory(organisation=organisation, state=state)
    carry_out(verb, lab, owner)
    assert [(entry.verb, entry.by, entry.target) for entry in AuditEntry.objects.all()] == [(verb, owner, lab)]


@pytest.mark.parametrize("verb", STEPS)
def test_a_refusal_writes_and_tells_nothing(verb, owner, organisation):
    state = next(state for state, leads in TABLE.items() if verb not in leads)
    lab = LivingLabFactory(organisation=organisation, state=state)
    with pytest.raises(WrongState):
        carry_out(verb, lab, owner)
    assert (AuditEntry.objects.count(), told()) == (0, [])


@pytest.mark.parametrize("verb", OFFER_STEPS)
@pytest.mark.parametrize("state", OFFER_TABLE)
def test_where_a_verb_of_an_offer_leads(state, verb, owner, lab):
    offer = OfferFactory(lab=lab, state=state)
    led_to = ""
    try:
        with transaction.atomic():
            led_to = carry_out_on(verb, offer, owner).state
    except WrongState:
        offer.refresh_from_db()
    assert (led_to, offer.state) == (OFFER_TABLE[state].get(verb, ""), OFFER_TABLE[state].get(verb, state))


@pytest.mark.parametrize("state", OFFER_TABLE)
def test_who_may_what_with_an_offer(state, anyone, lab):
    offer = OfferFactory(lab=lab, state=state)
    may = {verb for verb in OFFER_STEPS if anyone.has_perm(f"livinglabs.{verb}_offer", offer)}
    expected = OFFER_MAY.get(anyone.part, set())
    if state == "hidden":
        expected = (expected - {"publish"}) | ({"publish"} if anyone.part == "moderator" else set())
    assert may == expected


def test_publishing_needs_a_theme_and_a_municipality(owner, organisation):
    lab = LivingLabFactory(organisation=organisation, state="draft", themes=[], municipalities=[])
    with pytest.raises(WrongState) as refused:
        actions.publish(lab, by=owner)
    assert refused.value.messages == ["Still missing: Choose at least one theme; Choose at least one municipality."]


def test_a_hidden_lab_is_not_published_by_who_read_it_before(editor, moderator, lab):
    seen = LivingLab.objects.get(pk=lab.pk)
    actions.archive(seen, by=editor)
    actions.hide(lab, by=moderator, reason="Advertising")
    with pytest.raises(WrongState):
        actions.publish(seen, by=editor)


def test_followers_of_place_theme_and_organisation_hear_of_a_new_lab_once(owner, organisation, stranger):
    place, theme = MunicipalityFactory(), ThemeFactory()
    lab = LivingLabFactory(organisation=organisation, state="draft", themes=[theme], municipalities=[place])
    for noun in (place, theme, organisation):
        follow(stranger, noun)
    actions.publish(lab, by=owner)
    assert [name for _kind, name, _reason in told("lab.published")] == ["Stranger"]


def test_partners_are_asked_and_answer(owner, organisation):
    partner = OrganisationFactory(name="Helpers")
    person = of(partner, "editor", name="Partner")
    lab = LivingLabFactory(organisation=organisation, state="draft")
    LabPartnerFactory(lab=lab, organisation=partner)
    actions.publish(lab, by=owner)
    actions.decline_partner(lab, partner, by=person, reason="Not us")
    assert told("lab_partner.asked") == [("lab_partner.asked", "Partner", "partner")]
    assert [kind for kind, name, _reason in told() if name == "Owner"] == ["lab_partner.declined"]
    assert (lab.partners.get().state, LivingLab.objects.get(pk=lab.pk).partner_organisations()) == ("declined", set())


def test_what_is_promised_stands_against_closing(claim, owner, lab, offer):
    claim(Claim("test", refuses=lambda noun: ["Two tests are running."]))
    for refused, noun in ((actions.archive, lab), (actions.withdraw, lab), (actions.archive_offer, offer)):
        with pytest.raises(WrongState) as error:
            refused(noun, by=owner)
        assert (error.value.code, error.value.messages) == ("promised", ["Two tests are running."])
    assert (LivingLab.objects.get().state, Offer.objects.get().state) == ("published", "published")


def test_a_moderator_hides_whatever_is_promised_and_those_above_hear_of_it(claim, moderator, lab):
    heard = []
    claim(Claim("test", refuses=lambda noun: ["No."], reacts=lambda noun, verb, *, by, now: heard.append((noun, verb, by))))
    actions.hide(lab, by=moderator, reason="Advertising")
    assert heard == [(lab, "hide", moderator)]
