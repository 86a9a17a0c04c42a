"""Proposing an organisation that is not here yet, and what a moderator makes of it."""

import pytest
from django.core.exceptions import ValidationError

from common.errors import WrongState
from organisations import actions
from organisations.lookalikes import folded_name, lookalikes
from organisations.models import Organisation
from tests.factories import DomainFactory, OrganisationFactory
from tests.support.threads import at_once
from tests.support.told import told

pytestmark = pytest.mark.django_db


def propose(by, name="Harbour Association", **fields):
    return actions.propose(by=by, name=name, type="network", country="DK", **fields)


def test_who_proposes_owns_it_and_moderators_hear(stranger, moderator):
    proposal = propose(stranger)
    assert (proposal.verified_at, stranger.organisation_roles) == (None, {proposal.pk: "owner"})
    assert told() == [("organisation.proposed", "Moderator", "moderator")]


@pytest.mark.parametrize(
    "twin",
    [
        "Lejre Kommune",
        "LEJRE  kommune",
        "Ｌｅｊｒｅ Kommune",
        "Lejre\u200b Kommune",
        "\u202eLejre Kommune",
        "Lеjre Kоmmune",
        "Lejré Kommune",
        "Lejre-Kommune",
        "L\u0300\u0301e\u0302jre Kommune",
    ],
)
def test_tc23_a_twin_of_a_name_is_refused(organisation, stranger, twin):
    Organisation.objects.update(country="")
    with pytest.raises(ValidationError) as refused:
        propose(stranger, twin)
    assert (list(refused.value.message_dict), Organisation.objects.count()) == (["name"], 1)


def test_the_same_name_in_another_country_is_another_one(stranger):
    OrganisationFactory(name="Harbour Association", country="SE")
    assert propose(stranger).slug == "harbour-association"


@pytest.mark.parametrize("name", ["", "  ", "🏙️", "---", "\u200b"])
def test_a_name_that_cannot_be_read_is_refused(stranger, name):
    with pytest.raises(ValidationError):
        propose(stranger, name)


def test_tc23_names_of_other_letters_keep_their_own(stranger):
    assert folded_name("Ærø Kommune") != folded_name("Aro Kommune")
    assert folded_name("Malmö stad") == folded_name("MALMO stad")


def test_few_proposals_of_one_member_wait(stranger):
    for number in range(3):
        propose(stranger, f"Association {'abc'[number]}")
    with pytest.raises(ValidationError):
        propose(stranger, "Association d")
    assert propose(stranger, "association A").name == "Association a"


def test_declining_says_why_and_proposing_again_clears_it(stranger, moderator):
    proposal = propose(stranger)
    actions.decline_proposal(proposal, by=moderator, reason="Which harbour?")
    assert told("organisation.proposal_declined") == [("organisation.proposal_declined", "Stranger", "owner")]
    proposal = actions.propose_again(proposal, by=stranger)
    assert (proposal.declined_at, proposal.declined_reason) == (None, "")


def test_a_declined_proposal_can_still_be_verified(stranger, moderator):
    proposal = propose(stranger)
    actions.decline_proposal(proposal, by=moderator, reason="Which harbour?")
    actions.verify(proposal, by=moderator)
    proposal.refresh_from_db()
    assert (proposal.declined_at, told("organisation.verified")) == (None, [("organisation.verified", "Stranger", "owner")])


@pytest.mark.parametrize("reason", ["", "  ", "\u200b"])
def test_declining_needs_a_reason(stranger, moderator, reason):
    with pytest.raises(WrongState):
        actions.decline_proposal(propose(stranger), by=moderator, reason=reason)


def test_what_is_verified_is_neither_declined_nor_proposed_again(organisation, moderator, owner):
    for verb in (
        lambda: actions.decline_proposal(organisation, by=moderator, reason="No"),
        lambda: actions.propose_again(organisation, by=owner),
    ):
        with pytest.raises(WrongState):
            verb()


@pytest.mark.django_db(transaction=True)
def test_verify_against_decline_in_the_same_second(stranger, moderator):
    proposal = propose(stranger)
    at_once(lambda: actions.verify(proposal, by=moderator), lambda: actions.decline_proposal(proposal, by=moderator, reason="No"))
    proposal.refresh_from_db()
    assert (proposal.verified_at is not None, proposal.declined_at) == (True, None)


@pytest.mark.django_db(transaction=True)
def test_a_double_click_is_one_proposal(stranger):
    at_once(*[lambda: propose(stranger)] * 3)
    assert Organisation.objects.count() == 1


# ---- what looks alike


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"name": "Lejre"}, True),
        ({"name": "lejre komune"}, True),
        ({"name": "Municipality of Lejre"}, True),
        ({"name": "Something else", "registration_number": "DK 29 18 87-00"}, True),
        ({"name": "Something else", "website": "https://www.lejre.example/kontakt"}, True),
        ({"name": "Roskilde Kommune"}, False),
        ({"name": "Kommune"}, False),
        ({"name": ""}, False),
        ({"name": "Something else", "website": "javascript:alert(1)", "registration_number": "abc"}, False),
        ({"name": "x" * 5_000}, False),
    ],
)
def test_it_is_found_by_name_number_and_domain(organisation, stranger, asked, found):
    Organisation.objects.update(registration_number="29188700")
    DomainFactory(organisation=organisation, name="lejre.example")
    assert lookalikes(stranger, **asked) == ([organisation] if found else [])


def test_somebody_elses_proposal_is_not_shown(stranger, moderator):
    proposal = OrganisationFactory(name="Harbour Association", verified_at=None)
    assert (lookalikes(stranger, name="Harbour"), lookalikes(moderator, name="Harbour")) == ([], [proposal])
