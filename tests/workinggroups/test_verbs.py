"""State × verb × actor: who is offered what on the page of a group, and what the addresses answer when it is sent all the same."""

import pytest
from django.urls import reverse

from common.publishing import State
from tests.factories import UserFactory
from workinggroups.models import WorkingGroup
from workinggroups.verbs import VERBS, available

pytestmark = pytest.mark.django_db

LEADS = {
    "draft": ["publish", "edit"], "published": ["edit", "announce", "close"], "archived": ["reopen"], "hidden": [],
}  # fmt: skip
MODERATES = {"published": ["hide"], "archived": ["reopen", "hide"], "hidden": ["reopen"]}
OFFERED = {"chair": LEADS, "co_chair": LEADS, "moderator": MODERATES}
ACTORS = ("nobody", "stranger", "colleague", "owner", "suspended", "member", "observer", "co_chair", "chair", "moderator")
#: What a refused verb answers those who see the group; who does not see it gets 404, visitors are led to the sign-in page.
REFUSED = 403


@pytest.mark.parametrize("actor", ACTORS)
@pytest.mark.parametrize("state", State)
def test_what_is_offered(group, chair, state, actor, request):
    person = request.getfixturevalue(actor)
    WorkingGroup.objects.update(state=state)
    group.refresh_from_db()
    assert [verb["name"] for verb in available(group, person)] == OFFERED.get(actor, {}).get(state.value, [])


@pytest.mark.parametrize("verb", [verb.name for verb in VERBS])
@pytest.mark.parametrize("actor", ["stranger", "colleague", "member", "observer"])
def test_what_is_not_offered_is_refused(client, group, chair, actor, verb, request):
    client.force_login(request.getfixturevalue(actor))
    before = WorkingGroup.objects.values().get()
    answer = client.post(reverse(f"workinggroups:{verb}", args=[group.slug]), {"summary": "Mine now.", "reason": "None"})
    assert (answer.status_code, WorkingGroup.objects.values().get()) == (REFUSED, before)


@pytest.mark.parametrize("actor", ["member", "observer", "stranger"])
def test_only_chairs_look_after_members(client, group, chair, take_in, actor, request):
    client.force_login(request.getfixturevalue(actor))
    row = take_in(group, user=UserFactory(name="Other"))
    for name in ("change_role", "remove_member", "hand_over"):
        assert client.post(reverse(f"workinggroups:{name}", args=[group.slug, row.pk]), {"role": "co_chair"}).status_code == REFUSED
    row.refresh_from_db()
    assert row.role == "member"


def test_a_member_of_another_group_is_out_of_reach(client, group, chair, take_in):
    """The chair of one group and the key of a membership in another."""
    other = take_in(WorkingGroup.objects.create(slug="other", organisation=group.organisation, state="published"))
    client.force_login(chair)
    for name in ("change_role", "remove_member", "hand_over"):
        assert client.post(reverse(f"workinggroups:{name}", args=[group.slug, other.pk]), {"role": "co_chair"}).status_code == 404


def test_a_co_chair_does_not_take_the_chair(client, group, chair, co_chair):
    client.force_login(co_chair)
    mine = group.memberships.get(user=co_chair)
    assert client.post(reverse("workinggroups:hand_over", args=[group.slug, mine.pk])).status_code == REFUSED
    assert group.memberships.get(role="chair").user == chair


def test_a_moderator_names_a_chair_where_there_is_none(client, group, member, moderator):
    client.force_login(moderator)
    client.post(reverse("workinggroups:hand_over", args=[group.slug, group.memberships.get().pk]))
    assert group.memberships.get().role == "chair"
