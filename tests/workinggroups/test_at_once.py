"""Many at once, for real: joins on connections of their own, and verbs that meet (TC-11)."""

import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client

from common.errors import WrongState
from tests.factories import GroupMembershipFactory, UserFactory, WorkingGroupFactory
from tests.support.kept import keep
from tests.support.threads import at_once
from workinggroups import actions
from workinggroups.models import GroupMembership, WaitingPlace

pytestmark = pytest.mark.django_db(transaction=True)

SMALL = {"joins": 1_000, "members": 100, "limit": 20, "clients": 8}
FULL = {"joins": 10_000, "members": 2_000, "limit": 100, "clients": 32}


def post_all(group, members, joins, clients):
    """`joins` POSTs by `members`, each of them again and again, spread over `clients` connections; the statuses counted."""
    address, own = f"{group.get_absolute_url()}join/", threading.local()

    def post(number):
        if not hasattr(own, "clients"):
            own.clients = {}
        member = members[number % len(members)]
        if member.pk not in own.clients:
            own.clients[member.pk] = Client()
            own.clients[member.pk].force_login(member)
        return own.clients[member.pk].post(address).status_code

    def share(start):
        try:
            return [post(number) for number in range(start, joins, clients)]
        finally:
            connection.close()

    with ThreadPoolExecutor(clients) as pool:
        return Counter(status for statuses in pool.map(share, range(clients)) for status in statuses)


def test_tc11_exactly_as_many_as_there_are_places(organisation, request):
    soak = request.config.getoption("--soak")
    size = FULL if soak else SMALL
    group = WorkingGroupFactory(organisation=organisation, member_limit=size["limit"])
    members = [UserFactory() for _ in range(size["members"])]
    started = time.monotonic()
    statuses = post_all(group, members, size["joins"], size["clients"])
    seconds = time.monotonic() - started
    taken = list(GroupMembership.objects.filter(group=group).values_list("user", flat=True))
    waiting = list(WaitingPlace.objects.filter(group=group).values_list("user", flat=True))
    times = list(WaitingPlace.objects.filter(group=group).values_list("created_at", flat=True))
    assert statuses == {302: size["joins"]}
    assert (len(taken), len(waiting)) == (size["limit"], size["members"] - size["limit"])
    assert set(taken) | set(waiting) == {member.pk for member in members}
    leave_and_look(group, taken[: size["limit"] // 2], waiting)
    assert len(times) == len(set(waiting))
    if soak:
        keep("soak-joins", f"{size}: {len(taken)} members, {len(waiting)} on the waiting list, in order; {seconds:.0f} s")


def leave_and_look(group, leaving, waiting):
    """Who leaves makes room for who waited longest, in order."""
    for pk in leaving:
        actions.leave(group, by=GroupMembership.objects.get(group=group, user=pk).user)
    members = set(GroupMembership.objects.filter(group=group).values_list("user", flat=True))
    assert [pk in members for pk in waiting] == [place < len(leaving) for place in range(len(waiting))]


def test_the_last_place_is_given_once(group):
    group.member_limit = 1
    group.save()
    people = [UserFactory() for _ in range(6)]
    at_once(*[lambda person=person: actions.join(group, by=person) for person in people])
    assert (group.memberships.count(), group.waiting_places.count()) == (1, 5)


def test_one_person_in_many_windows_joins_once(group, stranger):
    answers = at_once(*[lambda: actions.join(group, by=stranger)] * 6)
    assert ({type(answer) for answer in answers}, group.memberships.count()) == ({GroupMembership}, 1)


def test_two_leave_and_two_move_up(group):
    group.member_limit = 2
    group.save()
    first = [GroupMembershipFactory(group=group).user for _ in range(2)]
    for name in ("Anna", "Bo", "Cilla"):
        actions.join(group, by=UserFactory(name=name))
    at_once(*[lambda person=person: actions.leave(group, by=person) for person in first])
    assert sorted(group.memberships.values_list("user__name", flat=True)) == ["Anna", "Bo"]


def test_leaving_against_promoting(group, chair, take_in):
    for _round in range(3):
        row = take_in(group)
        answers = at_once(lambda: actions.leave(group, by=row.user), lambda: actions.change_role(row, "co_chair", by=chair))  # noqa: B023
        assert not group.memberships.filter(pk=row.pk).exists()
        assert not isinstance(answers[1], Exception) or isinstance(answers[1], WrongState)


def test_two_chairs_hand_over_to_two_members(group, chair, take_in):
    rows = [take_in(group) for _ in range(2)]
    at_once(*[lambda row=row: actions.hand_over(row, by=chair) for row in rows])
    assert group.memberships.filter(role="chair").count() == 1


def test_joining_against_closing(group, chair, stranger):
    answers = at_once(lambda: actions.join(group, by=stranger), lambda: actions.close(group, by=chair, summary="Done."))
    group.refresh_from_db()
    joined = group.memberships.filter(user=stranger).exists()
    assert (group.state, isinstance(answers[0], WrongState)) == ("archived", not joined)
