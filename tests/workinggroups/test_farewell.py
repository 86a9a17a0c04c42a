"""A chair who closes the account: the group goes on."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.models import Farewell
from portal.privacy.actions import leave
from portal.privacy.erasure import erase
from tests.factories import UserFactory
from workinggroups import actions
from workinggroups.models import WorkingGroup

pytestmark = pytest.mark.django_db


def test_closing_the_account_hands_the_chair_over(group, chair, co_chair):
    leave(chair)
    assert dict(group.memberships.values_list("user__name", "role")) == {"Chair": "co_chair", "Co-chair": "chair"}


def test_the_erased_chair_leaves_a_place_and_a_group_without_one(group, chair):
    WorkingGroup.objects.update(member_limit=1)
    actions.join(group, by=UserFactory(name="Next"))
    leave(chair)
    erase(Farewell.objects.get().pk, now=timezone.now() + timedelta(days=31))
    assert list(group.memberships.values_list("user__name", "role")) == [("Next", "member")]
