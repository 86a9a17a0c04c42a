"""Coming into a group and leaving it: at once, on request, by invitation, and over the waiting list."""

import pytest
from django.core.exceptions import ValidationError

from common.errors import WrongState
from notifications.models import Delivery
from organisations.models import Membership
from tests.factories import MembershipFactory, UserFactory
from tests.support.told import told
from workinggroups import actions
from workinggroups.models import GroupInvitation, GroupMembership, GroupRequest, WaitingPlace

pytestmark = pytest.mark.django_db


def limit(group, number, **fields):
    for name, value in {"member_limit": number, **fields}.items():
        setattr(group, name, value)
    group.save()
    return group


def names(group):
    return sorted(group.memberships.values_list("user__name", flat=True))


def refused(verb, *arguments, **named):
    with pytest.raises(WrongState) as refusal:
        verb(*arguments, **named)
    return refusal.value.code


# ---- at once


def test_joining_tells_the_chairs(group, chair, stranger):
    actions.join(group, by=stranger)
    assert (names(group), told()) == (["Chair", "Stranger"], [("workinggroup.joined", "Chair", "chair")])


def test_joining_twice_is_once(group, chair, stranger):
    assert actions.join(group, by=stranger) == actions.join(group, by=stranger)
    assert (names(group), told()) == (["Chair", "Stranger"], [("workinggroup.joined", "Chair", "chair")])


def test_the_main_organisation_stands_beside_the_name(group, organisation, stranger):
    MembershipFactory(user=stranger, organisation=organisation)
    assert actions.join(group, by=stranger).organisation == organisation


def test_nobody_takes_part_for_an_organisation_of_others(group, organisation, stranger):
    assert actions.join(group, by=stranger, organisation=organisation).organisation is None


@pytest.mark.parametrize("joining", ["request", "invitation"])
def test_a_group_that_is_not_open_takes_nobody_at_once(group, stranger, joining):
    limit(group, None, joining=joining)
    assert (refused(actions.join, group, by=stranger), names(group)) == ("not_open", [])


# ---- the limit and the waiting list


def test_who_comes_to_a_full_group_waits_in_order(group, chair):
    limit(group, 2)
    people = [UserFactory(name=name) for name in ("Anna", "Bo", "Cilla")]
    for person in people:
        actions.join(group, by=person)
    waiting = list(group.waiting_places.values_list("user__name", flat=True))
    assert (names(group), waiting) == (["Anna", "Chair"], ["Bo", "Cilla"])


def test_who_waited_longest_moves_up_and_is_told(group, chair, member):
    limit(group, 2)
    for name in ("Bo", "Cilla"):
        actions.join(group, by=UserFactory(name=name))
    actions.leave(group, by=member)
    assert (names(group), told("workinggroup.moved_up")) == (["Bo", "Chair"], [("workinggroup.moved_up", "Bo", "group_member")])


def test_a_higher_limit_lets_people_in(group, chair):
    limit(group, 1)
    for name in ("Anna", "Bo", "Cilla"):
        actions.join(group, by=UserFactory(name=name))
    actions.update_group(group, by=chair, texts=[{"language": "en", "name": "Lamps", "is_original": True}], member_limit=3)
    assert (names(group), group.waiting_places.count()) == (["Anna", "Bo", "Chair"], 1)


def test_a_limit_takes_nobody_out(group, chair, member):
    with pytest.raises(ValidationError) as refusal:
        actions.update_group(group, by=chair, texts=[{"language": "en", "name": "Lamps", "is_original": True}], member_limit=1)
    assert (list(refusal.value.error_dict), names(group)) == (["member_limit"], ["Chair", "Member"])


def test_who_waits_may_think_better_of_it(group, chair, stranger):
    limit(group, 1)
    actions.join(group, by=stranger)
    actions.leave_waiting_list(group, by=stranger)
    actions.leave_waiting_list(group, by=stranger)
    assert WaitingPlace.objects.count() == 0


# ---- on request


@pytest.fixture
def asked(group, chair, stranger):
    limit(group, None, joining="request")
    return actions.ask_to_join(group, by=stranger, note="I count lamps.")


def test_asking_tells_the_chairs_once(group, asked, stranger):
    assert actions.ask_to_join(group, by=stranger, note="Again") == asked
    assert told() == [("workinggroup.asked", "Chair", "chair")]


def test_without_a_chair_moderators_answer(group, stranger, moderator):
    limit(group, None, joining="request")
    actions.ask_to_join(group, by=stranger)
    assert told() == [("workinggroup.asked", "Moderator", "moderator")]
    assert list(GroupRequest.objects.waiting_for(moderator)) == list(GroupRequest.objects.all())


def test_an_answer_comes_with_words(asked, chair, group):
    actions.accept_request(asked, by=chair, answer="Welcome!")
    asked.refresh_from_db()
    assert (names(group), asked.state, asked.answer) == (["Chair", "Stranger"], "accepted", "Welcome!")
    assert ("workinggroup.accepted", "Stranger", "asked") in told()


def test_a_full_group_accepts_onto_the_waiting_list(asked, chair, group):
    limit(group, 1)
    assert isinstance(actions.accept_request(asked, by=chair), WaitingPlace)
    assert ("workinggroup.waiting", "Stranger", "asked") in told()


def test_a_declined_asker_may_ask_again(asked, chair, group, stranger):
    actions.decline_request(asked, by=chair, answer="Not now.")
    assert refused(actions.accept_request, asked, by=chair) == "wrong_state"
    assert actions.ask_to_join(group, by=stranger) != asked


def test_joining_an_opened_group_answers_the_request(asked, group, stranger):
    limit(group, None, joining="open")
    actions.join(group, by=stranger)
    asked.refresh_from_db()
    assert asked.state == "withdrawn"


# ---- by invitation


@pytest.fixture
def invitation(group, chair):
    return actions.invite(group, "New@Example.org ", by=chair, note="We need you.", language="da")


def with_address(address, **fields):
    user = UserFactory(email=address, **fields)
    user.emailaddress_set.create(email=address, verified=True, primary=True)
    return user


def test_an_invitation_is_one_mail(invitation):
    mail = Delivery.objects.get(template="group_invitation")
    assert (mail.address, mail.language, mail.list, mail.context["note"]) == ("new@example.org", "da", "invitation", "We need you.")


def test_the_invited_joins_and_the_inviter_hears_of_it(invitation, group):
    actions.accept_invitation(invitation, by=with_address("new@example.org", name="New"))
    assert (names(group), told()) == (["Chair", "New"], [("workinggroup.invitation_accepted", "Chair", "chair")])


def test_whoever_has_the_address_is_told_of_a_private_group_too(group, chair):
    limit(group, None, visibility="private", joining="invitation")
    with_address("known@example.org", name="Known")
    actions.invite(group, "known@example.org", by=chair)
    assert told() == [("workinggroup.invited", "Known", "invited")]


def test_an_invitation_is_for_its_address(invitation, stranger):
    assert refused(actions.accept_invitation, invitation, by=stranger) == "other_address"


def test_an_invitation_is_answered_once(invitation):
    new = with_address("new@example.org")
    actions.decline_invitation(invitation, by=new)
    assert refused(actions.accept_invitation, invitation, by=new) == "wrong_state"


def test_the_mail_is_not_sent_again_within_the_hour(invitation, group, chair):
    assert refused(actions.invite, group, "new@example.org", by=chair) == "sent_just_now"
    assert refused(actions.resend, invitation, by=chair) == "sent_just_now"


def test_members_are_not_invited(group, chair, member):
    member.emailaddress_set.create(email=member.email, verified=True, primary=True)
    assert refused(actions.invite, group, member.email, by=chair) == "is_member"


def test_what_is_no_address_is_refused(group, chair):
    with pytest.raises(ValidationError):
        actions.invite(group, "nobody", by=chair)
    assert GroupInvitation.objects.count() == 0


# ---- leaving


def test_leaving_tells_the_chairs(group, chair, member):
    actions.leave(group, by=member)
    assert (names(group), told()) == (["Chair"], [("workinggroup.left", "Chair", "chair")])


def test_the_chair_hands_over_first(group, chair, member):
    assert refused(actions.leave, group, by=chair) == "is_chair"
    actions.hand_over(group.memberships.get(user=member), by=chair)
    actions.leave(group, by=chair)
    assert list(group.memberships.values_list("user__name", "role")) == [("Member", "chair")]


def test_leaving_while_promoted(group, chair, member):
    """The chair promotes somebody who has left a moment before: a clear answer, nobody comes back."""
    membership = group.memberships.get(user=member)
    actions.leave(group, by=member)
    assert (refused(actions.change_role, membership, "co_chair", by=chair), names(group)) == ("no_member", ["Chair"])


def test_the_removed_reads_the_reason(group, chair, member):
    limit(group, None, visibility="private", joining="invitation")
    actions.remove_member(group.memberships.get(user=member), by=chair, note="You asked me to.")
    assert (names(group), told("workinggroup.removed")) == (["Chair"], [("workinggroup.removed", "Member", "group_member")])


def test_the_chair_is_never_taken_out(group, chair, co_chair):
    row = group.memberships.get(user=chair)
    assert (refused(actions.remove_member, row, by=co_chair), refused(actions.change_role, row, "member", by=co_chair)) == (
        "is_chair", "is_chair")  # fmt: skip


# ---- a chair who closes the account


def test_a_co_chair_takes_over(group, chair, co_chair):
    actions.hand_on(chair)
    assert GroupMembership.objects.get(role="chair").user == co_chair
    assert told() == [("workinggroup.handed_over", "Co-chair", "chair")]


def test_without_a_co_chair_moderators_are_told(group, chair, member, moderator):
    actions.hand_on(chair)
    assert told() == [("workinggroup.chairless", "Moderator", "moderator")]


def test_the_place_of_the_erased_is_taken(group, chair, member):
    limit(group, 2)
    actions.join(group, by=UserFactory(name="Next"))
    actions.forget_member(member)
    assert (names(group), Membership.objects.count()) == (["Chair", "Next"], 1)


def test_places_that_became_free_otherwise_are_filled_by_the_clock(group, chair, member):
    limit(group, 2)
    actions.join(group, by=UserFactory(name="Next"))
    group.memberships.filter(user=member).delete()
    assert (actions.fill_places(), actions.fill_places(), names(group)) == (1, 0, ["Chair", "Next"])
