"""Who sees which group: the rule and the queryset say the same, for each part of the cast × state × visibility."""

import pytest

from common.publishing import READABLE, State
from tests.conftest import of
from tests.factories import GroupMembershipFactory, UserFactory, WorkingGroupFactory
from workinggroups.enums import GroupRole, GroupVisibility, Joining
from workinggroups.models import WorkingGroup
from workinggroups.rules import can_see_group

pytestmark = pytest.mark.django_db

EVERYTHING = [(state, visibility) for state in State for visibility in GroupVisibility]
PUBLIC = {(state, GroupVisibility.PUBLIC) for state in READABLE}
FOR_MEMBERS = PUBLIC | {(state, GroupVisibility.MEMBERS) for state in READABLE}
ALL = set(EVERYTHING)
NO_DRAFTS = {pair for pair in EVERYTHING if pair[0] != State.DRAFT}
SEES = {
    "nobody": PUBLIC, "stranger": FOR_MEMBERS, "colleague": FOR_MEMBERS, "editor": FOR_MEMBERS, "owner": FOR_MEMBERS,
    "moderator": NO_DRAFTS, "suspended": PUBLIC,
    "chair": ALL, "co_chair": ALL, "member": ALL, "observer": ALL, "member_moderator": ALL, "member_suspended": PUBLIC,
    "member_deactivated": PUBLIC,
}  # fmt: skip


@pytest.fixture
def groups(organisation):
    """One group for each state and visibility, of the colleagues' own organisation."""
    return [
        WorkingGroupFactory(
            organisation=organisation, state=state, visibility=visibility,
            joining=Joining.INVITATION if visibility == GroupVisibility.PRIVATE else Joining.OPEN,
        )
        for state, visibility in EVERYTHING
    ]  # fmt: skip


def somebody(part, groups, request):
    if part in GroupRole.values or part.startswith("member_"):
        fields = {
            "moderator": part == "member_moderator",
            "suspended": part == "member_suspended",
            "is_active": part != "member_deactivated",
        }
        user = UserFactory(**fields)
        for group in groups:
            GroupMembershipFactory(group=group, user=user, role=part if part in GroupRole.values else "member")
        return user
    return request.getfixturevalue(part)


@pytest.mark.parametrize("part", SEES)
def test_rule_and_queryset_agree(part, groups, request):
    person = somebody(part, groups, request)
    by_queryset = {(one.state, one.visibility) for one in WorkingGroup.objects.visible_to(person)}
    by_rule = {(one.state, one.visibility) for one in groups if can_see_group(person, one)}
    assert (by_queryset, by_rule) == (SEES[part], SEES[part])


@pytest.mark.parametrize("part", ["nobody", "stranger", "moderator", "member"])
def test_the_address_answers_to_those_who_see(client, part, groups, request):
    person = somebody(part, groups, request)
    if person.is_authenticated:
        client.force_login(person)
    answered = {(one.state, one.visibility) for one in groups if client.get(one.get_absolute_url()).status_code == 200}
    assert answered == SEES[part]


def test_a_colleague_of_a_member_sees_no_more(group, organisation):
    group.visibility, group.joining = GroupVisibility.PRIVATE, Joining.INVITATION
    group.save()
    GroupMembershipFactory(group=group, user=of(organisation, "owner"))
    assert not WorkingGroup.objects.visible_to(of(organisation, "owner")).exists()
