"""Belonging to an organisation: joining by a confirmed address, roles, leaving; nobody can be the owner who is missing."""

import pytest
from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed

from common.errors import WrongState
from organisations import actions
from organisations.models import Membership, Organisation
from records.models import AuditEntry
from tests.conftest import of
from tests.factories import DomainFactory, OrganisationFactory, ProjectFactory, UserFactory
from tests.support.threads import at_once
from tests.support.told import told

pytestmark = pytest.mark.django_db


def with_address(email, *, verified=True, **fields):
    user = UserFactory(email=email, **fields)
    EmailAddress.objects.create(user=user, email=email, verified=verified, primary=True)
    return user


def roles(organisation):
    return dict(organisation.memberships.values_list("user__name", "role"))


def membership(organisation, user):
    return Membership.objects.get(organisation=organisation, user=user)


# ---- joining by a confirmed address


@pytest.mark.parametrize(
    ("address", "verified", "offered"),
    [
        ("ida@lejre.example", True, True),
        ("ida@LEJRE.example", True, True),
        ("ida@it.lejre.example", True, True),
        ("ida@lejre.example", False, False),
        ("ida@notlejre.example", True, False),
        ("ida@lejre.example.com", True, False),
        ("ida@example", True, False),
    ],
)
def test_an_address_in_the_domain_or_below_it_counts(organisation, address, verified, offered):
    DomainFactory(organisation=organisation, name="lejre.example")
    user = with_address(address, verified=verified)
    assert list(Organisation.objects.offered_to(user)) == ([organisation] if offered else [])


def test_the_longest_domain_wins(organisation):
    DomainFactory(organisation=organisation, name="lejre.example")
    school = DomainFactory(name="skole.lejre.example").organisation
    assert list(Organisation.objects.offered_to(with_address("ida@a.skole.lejre.example"))) == [school]


@pytest.mark.parametrize("domain", ["gmail.com", "hotmail.dk", "stofanet.dk", "proton.me"])
def test_a_free_mail_domain_never_counts_whoever_lists_it(organisation, domain):
    DomainFactory(organisation=organisation, name=domain)
    assert list(Organisation.objects.offered_to(with_address(f"ida@{domain}"))) == []


def test_a_proposal_offers_nothing(organisation):
    DomainFactory(organisation=organisation, name="lejre.example")
    Organisation.objects.update(verified_at=None)
    assert list(Organisation.objects.offered_to(with_address("ida@lejre.example"))) == []


def test_a_suspended_member_is_offered_nothing(organisation):
    DomainFactory(organisation=organisation, name="lejre.example")
    assert list(Organisation.objects.offered_to(with_address("ida@lejre.example", suspended=True))) == []


def test_confirming_an_address_tells_of_the_offer_and_makes_nobody_a_member(organisation, rf):
    DomainFactory(organisation=organisation, name="lejre.example")
    user = with_address("ida@lejre.example", name="Ida")
    email_confirmed.send(EmailAddress, request=rf.get("/"), email_address=user.emailaddress_set.get())
    assert (told(), roles(organisation)) == ([("organisation.offered", "Ida", "address")], {})


def test_confirming_another_address_tells_nothing(organisation, rf):
    DomainFactory(organisation=organisation, name="lejre.example")
    user = with_address("ida@elsewhere.example")
    email_confirmed.send(EmailAddress, request=rf.get("/"), email_address=user.emailaddress_set.get())
    assert told() == []


def test_joining_at_once_tells_the_owners_and_answers_the_request(organisation, owner):
    DomainFactory(organisation=organisation, name="lejre.example")
    user = with_address("ida@lejre.example", name="Ida")
    wish = actions.ask_to_join(organisation, by=user)
    actions.join_by_domain(organisation, by=user)
    actions.join_by_domain(organisation, by=user)
    wish.refresh_from_db()
    assert (roles(organisation), wish.state) == ({"Owner": "owner", "Ida": "member"}, "withdrawn")
    assert told("organisation.joined") == [("organisation.joined", "Owner", "owner")]


def test_nobody_joins_at_once_without_a_confirmed_address(organisation):
    DomainFactory(organisation=organisation, name="lejre.example")
    with pytest.raises(WrongState):
        actions.join_by_domain(organisation, by=with_address("ida@lejre.example", verified=False))
    assert roles(organisation) == {}


# ---- roles


def test_a_role_is_changed_once_and_told(organisation, owner, colleague):
    for _click in range(2):
        actions.change_role(membership(organisation, colleague), "editor", by=owner)
    assert roles(organisation) == {"Owner": "owner", "Colleague": "editor"}
    assert told() == [("organisation.role_changed", "Colleague", "member")]
    assert AuditEntry.objects.filter(verb="change_role").count() == 1


def test_removing_says_why_and_leaves_what_was_written(organisation, owner, colleague):
    project = ProjectFactory(organisation=organisation, created_by=colleague)
    actions.remove_member(membership(organisation, colleague), by=owner, note="Works elsewhere")
    project.refresh_from_db()
    assert (roles(organisation), project.organisation, project.created_by) == ({"Owner": "owner"}, organisation, colleague)
    assert told() == [("organisation.removed", "Colleague", "member")]


def test_leaving_tells_the_owners(organisation, owner, colleague):
    actions.leave(organisation, by=colleague)
    assert (roles(organisation), told()) == ({"Owner": "owner"}, [("organisation.member_left", "Owner", "owner")])


def test_handing_over_is_one_step(organisation, owner, colleague):
    actions.hand_over(membership(organisation, colleague), by=owner)
    assert roles(organisation) == {"Owner": "editor", "Colleague": "owner"}
    assert told() == [("organisation.handed_over", "Colleague", "owner")]


@pytest.mark.parametrize("verb", ["leave", "remove", "demote", "add"])
def test_the_last_owner_stays(organisation, owner, colleague, suspended, verb):
    row = membership(organisation, owner)
    verbs = {
        "leave": lambda: actions.leave(organisation, by=owner),
        "remove": lambda: actions.remove_member(row, by=owner),
        "demote": lambda: actions.change_role(row, "editor", by=owner),
        "add": lambda: actions.add_member(organisation, owner, by=None, role="member"),
    }
    with pytest.raises(WrongState) as refused:  # the other owner is suspended and does not count
        verbs[verb]()
    assert (refused.value.code, roles(organisation)["Owner"]) == ("last_owner", "owner")


def test_ownership_goes_to_members_who_may_act_and_comes_from_an_owner(organisation, owner, colleague, suspended, editor):
    for row, by in ((membership(organisation, suspended), owner), (membership(organisation, colleague), editor)):
        with pytest.raises(WrongState):
            actions.hand_over(row, by=by)
    assert roles(organisation)["Owner"] == "owner"


def test_who_left_meanwhile_cannot_be_changed(organisation, owner, colleague):
    row = membership(organisation, colleague)
    actions.leave(organisation, by=colleague)
    for verb in (lambda: actions.change_role(row, "owner", by=owner), lambda: actions.remove_member(row, by=owner)):
        with pytest.raises(WrongState):
            verb()
    assert roles(organisation) == {"Owner": "owner"}


def test_organisations_owned_alone(organisation, owner, suspended, colleague):
    shared = OrganisationFactory()
    actions.add_member(shared, owner, by=None, role="owner")
    actions.add_member(shared, colleague, by=None, role="owner")
    assert list(Organisation.objects.solely_owned_by(owner)) == [organisation]


def test_who_may_post_for_an_organisation(anyone, organisation):
    mine = {"colleague", "editor", "owner"}
    assert Organisation.objects.writable_by(anyone).filter(pk=organisation.pk).exists() == (anyone.part in mine)


def test_one_organisation_stands_beside_the_name(organisation, colleague):
    other = OrganisationFactory()
    actions.add_member(other, colleague, by=None)
    for chosen in (organisation, other, OrganisationFactory(), other, None, organisation):
        actions.choose_main(colleague, chosen)
    assert list(colleague.memberships.filter(is_main=True).values_list("organisation", flat=True)) == [organisation.pk]


# ---- two at once


@pytest.mark.django_db(transaction=True)
def test_two_owners_leave_in_the_same_second_and_one_stays(organisation):
    for number in range(5):
        pair = [of(organisation, "owner", name=f"{number}{name}") for name in "ab"]
        answers = at_once(*(lambda person=person: actions.leave(organisation, by=person) for person in pair))
        assert sorted(type(answer).__name__ for answer in answers) == ["NoneType", "WrongState"]
        stayed = organisation.memberships.get(user__in=pair)
        assert stayed.role == "owner"
        Membership.objects.filter(pk=stayed.pk).delete()


@pytest.mark.django_db(transaction=True)
def test_two_owners_demote_each_other_in_the_same_second(organisation):
    pair = [of(organisation, "owner", name=name) for name in "ab"]
    rows = [membership(organisation, person) for person in pair]
    at_once(lambda: actions.change_role(rows[1], "member", by=pair[0]), lambda: actions.remove_member(rows[0], by=pair[1]))
    assert "owner" in roles(organisation).values()


@pytest.mark.django_db(transaction=True)
def test_a_double_click_on_join_is_one_membership(organisation):
    DomainFactory(organisation=organisation, name="lejre.example")
    user = with_address("ida@lejre.example", name="Ida")
    at_once(*[lambda: actions.join_by_domain(organisation, by=user)] * 3)
    assert (roles(organisation), AuditEntry.objects.filter(verb="add_member").count()) == ({"Ida": "member"}, 1)
