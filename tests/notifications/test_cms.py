"""The ledger in the administration."""

import pytest

from notifications.models import Delivery
from tests.factories import DeliveryFactory, UserFactory

pytestmark = pytest.mark.django_db
LIST = "/cms/deliveries/"


@pytest.fixture
def moderating(client, moderator):
    from django.contrib.auth.models import Permission

    moderator.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(moderator)
    return moderator


def test_the_sum_of_the_states_is_what_was_planned(client, moderating):
    for state in ("sent", "sent", "failed", "unknown", "pending"):
        DeliveryFactory(state=state)
    context = client.get(LIST).context
    assert (context["planned"], {state: number for state, number in context["states"] if number}) == (
        5, {"sent": 2, "failed": 1, "unknown": 1, "pending": 1},
    )  # fmt: skip


def test_the_list_costs_the_same_with_one_and_thirty(moderating, same_queries):
    assert same_queries(LIST, DeliveryFactory) <= 20


def test_an_address_without_account_is_not_written_out(client, moderating):
    DeliveryFactory(user=None, address="karin@example.org", list="invitation", entry=None, reader="address:1")
    page = client.get(LIST).content.decode()
    assert ("karin@" in page, "k…@example.org" in page) == (False, True)


def test_a_failed_mail_is_sent_again_by_its_button(client, moderating, mailoutbox, django_capture_on_commit_callbacks):
    failed = DeliveryFactory(state="failed", attempts=8, error="550 no")
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(f"{LIST}{failed.pk}/send-again/").url == f"{LIST}?state=failed"
    assert (Delivery.objects.get().state, [mail.to for mail in mailoutbox]) == ("sent", [[failed.user.email]])


@pytest.mark.parametrize("state", ["sent", "unknown", "pending", "suppressed"])
def test_no_other_mail_is_sent_again(client, moderating, state):
    delivery = DeliveryFactory(state=state)
    client.post(f"{LIST}{delivery.pk}/send-again/")
    assert Delivery.objects.get().state == state


def test_nobody_else_looks_or_sends(client):
    failed = DeliveryFactory(state="failed")
    client.force_login(UserFactory())
    assert [client.get(LIST).status_code, client.post(f"{LIST}{failed.pk}/send-again/").status_code] == [403, 403]
