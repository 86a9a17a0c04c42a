"""Who sees whose page and which part of it: the rule and the queryset say the same."""

import pytest

from members.actions import change_settings
from members.enums import PARTS, Audience
from members.models import Photo, Profile
from members.rules import can_see_part, can_see_profile
from tests.factories import ProfileFactory, UserFactory

pytestmark = pytest.mark.django_db

VISITORS = {"nobody", "suspended"}
AUDIENCES = list(Audience)


def in_audience(part, audience):
    return audience == Audience.EVERYBODY or (audience == Audience.MEMBERS and part not in VISITORS)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_who_sees_a_page(anyone, audience):
    profile = ProfileFactory(listed_to=audience)
    found = [Profile.objects.visible_to(anyone).exists(), can_see_profile(anyone, profile), Profile.objects.listed(anyone).exists()]
    assert found == [in_audience(anyone.part, audience)] * 3


@pytest.mark.parametrize("page", AUDIENCES)
@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("part", PARTS)
def test_a_part_is_never_seen_by_more_people_than_the_page(anyone, page, audience, part):
    profile = ProfileFactory(listed_to=page, **{f"{part}_to": audience})
    seen = in_audience(anyone.part, page) and in_audience(anyone.part, audience)
    by_queryset = Profile.objects.all().showing(part, anyone).exists()
    assert (by_queryset, can_see_part(anyone, profile, part)) == (seen, seen)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_photo_is_seen_by_those_who_may_see_that_part(anyone, audience):
    Photo.objects.create(profile=ProfileFactory(photo_to=audience))
    assert Photo.objects.visible_to(anyone).exists() == in_audience(anyone.part, audience)


@pytest.mark.parametrize("part", PARTS)
def test_one_sees_all_of_ones_own_page_and_is_not_listed_by_it(part):
    profile = ProfileFactory(listed_to="nobody", **{f"{part}_to": "nobody"})
    assert can_see_part(profile.user, profile, part)
    assert list(Profile.objects.all().showing(part, profile.user)) == [profile]
    assert not Profile.objects.listed(profile.user).exists()


@pytest.mark.parametrize("state", [{"is_active": False}, {"suspended": True}])
def test_who_cannot_act_has_no_page(anyone, state):
    profile = ProfileFactory(user=UserFactory(**state))
    Photo.objects.create(profile=profile)
    assert not Profile.objects.visible_to(anyone).exists()
    assert not can_see_profile(anyone, profile)
    assert not Photo.objects.visible_to(anyone).exists()
    assert not Profile.objects.visible_to(profile.user).exists()


# ---- names and addresses


def rename(profile, name):
    change_settings(profile.user, name=name, language="en", time_zone="UTC")
    profile.refresh_from_db()
    return profile


def test_the_address_follows_the_name_and_the_old_one_is_kept():
    profile = rename(rename(ProfileFactory(slug="ida-holm"), "Ida Berg"), "Ida Lund")
    assert (profile.slug, profile.former_slugs, profile.keywords) == ("ida-lund", ["ida-holm", "ida-berg"], "Ida Lund. Counts things")


def test_going_back_to_an_old_name_brings_the_old_address_back():
    profile = rename(rename(ProfileFactory(slug="ida-holm"), "Ida Berg"), "Ida Holm")
    assert (profile.slug, profile.former_slugs) == ("ida-holm", ["ida-berg"])


def test_two_of_one_name_have_two_addresses():
    ProfileFactory(slug="ida-holm")
    second = rename(ProfileFactory(slug="ida-x"), "Ida Holm")
    assert (second.slug, rename(second, "Ida Holm").slug) == ("ida-holm-2", "ida-holm-2")


@pytest.mark.parametrize(("name", "slug"), [("Åse Ærø", "ase-aero"), ("Me", "me-person"), ("Ｉｄａ", "ida"), ("李小龙", "person-{}")])
def test_tc23_every_name_makes_an_address(name, slug):
    profile = rename(ProfileFactory(slug="before"), name)
    assert profile.slug == slug.format(profile.pk)
