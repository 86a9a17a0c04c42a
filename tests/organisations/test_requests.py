"""Asking to join, and asking for a domain."""

import pytest
from django.core.exceptions import ValidationError

from common.errors import WrongState
from organisations import actions
from organisations.models import DomainRequest, JoinRequest
from records.models import AuditEntry
from tests.factories import DomainFactory, MembershipFactory, OrganisationFactory, UserFactory
from tests.support.threads import at_once
from tests.support.told import told

pytestmark = pytest.mark.django_db


def test_the_owners_are_asked_once(organisation, owner, stranger):
    wishes = {actions.ask_to_join(organisation, by=stranger, note="I start in May").pk for _click in range(2)}
    assert (len(wishes), told()) == (1, [("organisation.asked", "Owner", "owner")])


@pytest.mark.parametrize("part", ["nobody_owns", "owner_is_suspended"])
def test_moderators_are_asked_where_no_owner_may_act(organisation, moderator, stranger, part, request):
    if part == "owner_is_suspended":
        request.getfixturevalue("suspended")
    wish = actions.ask_to_join(organisation, by=stranger)
    assert told() == [("organisation.asked", "Moderator", "moderator")]
    assert list(JoinRequest.objects.waiting_for(moderator)) == [wish]


def test_each_request_waits_for_those_who_answer_it(organisation, anyone, owner):
    wish = actions.ask_to_join(organisation, by=UserFactory())
    assert list(JoinRequest.objects.waiting_for(anyone)) == ([wish] if anyone.part == "owner" else [])


def test_an_accepted_asker_belongs_and_hears_the_answer(organisation, owner, stranger):
    wish = actions.ask_to_join(organisation, by=stranger)
    actions.accept_request(wish, by=owner, role="editor", answer="Welcome")
    assert stranger.organisation_roles == {organisation.pk: "editor"}
    assert told("organisation.accepted") == [("organisation.accepted", "Stranger", "asked")]


def test_a_declined_asker_hears_why_and_may_ask_again(organisation, owner, stranger):
    wish = actions.ask_to_join(organisation, by=stranger)
    actions.decline_request(wish, by=owner, answer="Ask in May")
    assert told("organisation.declined") == [("organisation.declined", "Stranger", "asked")]
    assert actions.ask_to_join(organisation, by=stranger).pk != wish.pk


@pytest.mark.parametrize("first", [actions.accept_request, actions.decline_request, actions.withdraw_request])
@pytest.mark.parametrize("second", [actions.accept_request, actions.decline_request, actions.withdraw_request])
def test_a_request_is_answered_once(organisation, owner, stranger, first, second):
    wish = actions.ask_to_join(organisation, by=stranger)
    first(wish, by=owner)
    with pytest.raises(WrongState):
        second(wish, by=owner)


def test_a_member_does_not_ask(organisation, colleague):
    with pytest.raises(WrongState):
        actions.ask_to_join(organisation, by=colleague)


@pytest.mark.django_db(transaction=True)
def test_accept_against_withdraw_in_the_same_second(organisation, owner):
    for _round in range(4):
        asker = UserFactory()
        wish = actions.ask_to_join(organisation, by=asker)
        answers = at_once(
            lambda: actions.accept_request(wish, by=owner).state,  # noqa: B023
            lambda: actions.withdraw_request(wish, by=asker).state,  # noqa: B023
        )
        wish.refresh_from_db()
        assert [answer for answer in answers if isinstance(answer, str)] == [wish.state]
        assert asker.memberships.exists() == (wish.state == "accepted")


@pytest.mark.django_db(transaction=True)
def test_a_double_click_is_one_request(organisation, stranger):
    at_once(*[lambda: actions.ask_to_join(organisation, by=stranger)] * 3)
    assert JoinRequest.objects.count() == 1


# ---- domains


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("lejre.example", "lejre.example"),
        (" @Lejre.Example ", "lejre.example"),
        ("ida@lejre.example", "lejre.example"),
        ("https://www.lejre.example/kontakt?a=1", "lejre.example"),
        ("lejre.example.", "lejre.example"),
        ("køge.example", "xn--kge-0na.example"),
        ("\u200blejre.example", "lejre.example"),
        ("\u202elejre.example", "lejre.example"),
        ("ｌejre.example", "lejre.example"),
    ],
)
def test_tc23_a_domain_is_kept_as_it_is_compared(organisation, moderator, typed, kept):
    actions.add_domain(organisation, typed, by=moderator)
    assert list(organisation.domains.values_list("name", flat=True)) == [kept]


@pytest.mark.parametrize(
    "typed",
    ["", "example", "a b.example", "-a.example", "lejre..example", "1.2.3.4", "http://[::1]/", "http://[x", "gmail.com", "a.gmail.com",
     "x" * 300 + ".example", "a\x00b.example", "<b>.example", "\ud800.example"],
)  # fmt: skip
def test_tc23_what_is_no_domain_of_ones_own_is_refused_in_words(organisation, moderator, typed):
    with pytest.raises(ValidationError):
        actions.add_domain(organisation, typed, by=moderator)
    assert not organisation.domains.exists()


def test_a_moderator_gives_the_domain_an_owner_asked_for(organisation, owner, moderator):
    asked = actions.ask_for_domain(organisation, "lejre.example", by=owner, note="Ours")
    actions.answer_domain_request(asked, by=moderator, accept=True)
    assert list(organisation.domains.values_list("name", flat=True)) == ["lejre.example"]
    assert told() == [("organisation.domain_asked", "Moderator", "moderator"), ("organisation.domain_given", "Owner", "owner")]


def test_a_domain_is_declined_with_an_answer(organisation, owner, moderator):
    asked = actions.ask_for_domain(organisation, "lejre.example", by=owner)
    actions.answer_domain_request(asked, by=moderator, accept=False, answer="It is a school's")
    with pytest.raises(WrongState):
        actions.answer_domain_request(asked, by=moderator, accept=True)
    assert (organisation.domains.exists(), told()[-1]) == (False, ("organisation.domain_declined", "Owner", "owner"))


def test_a_domain_that_another_has_is_refused(organisation, owner):
    DomainFactory(name="lejre.example", organisation__name="Elsewhere")
    with pytest.raises(ValidationError) as refused:
        actions.ask_for_domain(organisation, "lejre.example", by=owner)
    assert refused.value.message_dict == {"name": ["lejre.example belongs to Elsewhere already."]}
    assert not DomainRequest.objects.exists()


def test_those_who_joined_by_a_domain_stay_when_it_goes(organisation, moderator):
    row = MembershipFactory(organisation=organisation)
    domain = DomainFactory(organisation=organisation)
    for _click in range(2):
        actions.remove_domain(domain, by=moderator)
    assert list(organisation.memberships.all()) == [row]
    assert AuditEntry.objects.filter(verb="remove_domain").count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_domain_for_two_organisations_in_the_same_second(moderator):
    pair = [OrganisationFactory(), OrganisationFactory()]
    answers = at_once(*(lambda one=one: actions.add_domain(one, "lejre.example", by=moderator) for one in pair))
    assert sorted(type(answer).__name__ for answer in answers) == ["Organisation", "ValidationError"]
