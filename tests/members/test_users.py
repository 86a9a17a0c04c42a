import pytest
from django.db import IntegrityError, transaction

from members.models import User
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_one_address_is_one_member_whatever_its_case():
    User.objects.create_user("Ida@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("ida@EXAMPLE.org")
    assert User.objects.filter(email__iexact="ida@example.org").count() == 1


def test_a_member_is_found_by_address_whatever_its_case():
    ida = User.objects.create_user("ida@example.org")
    assert User.objects.get_by_natural_key("IDA@example.org") == ida


def test_a_member_needs_an_address():
    with pytest.raises(ValueError, match="needs an e-mail address"):
        User.objects.create_user("")


def test_without_a_password_no_password_signs_in():
    ida = User.objects.create_user("ida@example.org")
    assert ida.has_usable_password() is False


def test_suspended_and_deactivated_members_do_nothing():
    assert UserFactory().may_act is True
    assert UserFactory(suspended=True).may_act is False
    assert UserFactory(is_active=False).may_act is False


def test_the_moderators_role_is_a_permission():
    assert UserFactory(moderator=True).is_moderator is True
    assert UserFactory().is_moderator is False
    assert User.objects.create_superuser("root@example.org", "a long enough secret").is_moderator is True


def test_roles_are_read_once(django_assert_num_queries):
    membership = MembershipFactory(role="editor")
    with django_assert_num_queries(1):
        assert membership.user.organisation_roles == {membership.organisation_id: "editor"}
        assert membership.user.organisation_roles == {membership.organisation_id: "editor"}


def test_a_member_is_called_by_name_else_by_address():
    assert str(UserFactory(name="Ida Holm")) == "Ida Holm"
    assert UserFactory(name="Ida Holm").get_short_name() == "Ida"
    assert str(UserFactory(name="", email="ida@example.org")) == "ida@example.org"
