"""TC-09 for mails at once: the address in a mail that stops it."""

import pytest

from notifications import tasks
from notifications.models import Choice, Delivery
from notifications.tokens import read_stop_token, stop_token
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(stranger):
    return f"/en/notifications/stop/{stop_token(stranger.pk, 'project.returned')}/"


def chosen():
    return set(Choice.objects.values_list("user", "kind", "channel", "is_on"))


def test_tc09_one_post_without_cookie_or_token_stops_it(client, stranger, address):
    client.handler.enforce_csrf_checks = True
    response = client.post(address, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
    assert (response.status_code, chosen()) == (200, {(stranger.pk, "project.returned", "mail", False)})


def test_tc09_a_scanner_that_follows_links_changes_nothing(client, address):
    statuses = [client.get(address).status_code, client.head(address).status_code]
    assert (statuses, chosen()) == ([200, 200], set())


def test_tc09_twice_is_once(client, stranger, address):
    assert [client.post(address).status_code for _twice in range(2)] == [200, 200]
    assert len(chosen()) == 1


def test_tc09_an_altered_address_is_not_there(client, stranger, address):
    token = stop_token(stranger.pk, "project.returned")
    other = stop_token(stranger.pk + 1, "project.returned")
    forged = [token[:-1], token + "x", other.partition("~")[0] + "~" + token.partition("~")[2], "x", "~", token.swapcase()]
    assert [client.post(f"/en/notifications/stop/{one}/").status_code for one in forged] == [404] * 6
    assert chosen() == set()


def test_a_token_is_bound_to_its_member_and_kind(stranger):
    other = UserFactory()
    tokens = {stop_token(user.pk, kind) for user in (stranger, other) for kind in ("project.returned", "followed")}
    assert len(tokens) == 4
    assert read_stop_token(stop_token(stranger.pk, "followed")) == (stranger.pk, "followed")


def test_all_mails_at_once_are_stopped_by_the_second_button(client, stranger, address):
    client.post(address, {"all": "1"})
    assert chosen() == {(stranger.pk, "", "mail", False)}


def test_promise_9_a_mistake_is_taken_back_on_the_page_that_follows(client, stranger, address):
    assert "let them come again" in client.post(address).text
    assert "These mails come again" in client.post(address, {"again": "1"}).text
    assert chosen() == {(stranger.pk, "project.returned", "mail", True)}
    client.post(address, {"all": "1"})
    client.post(address, {"again": "1", "all": "1"})
    assert chosen() == {(stranger.pk, "project.returned", "mail", True)}


def test_promise_9_a_mail_that_lay_about_begins_nothing_again(client, stranger, address):
    client.post(address)
    Choice.objects.update(chosen_at="2026-01-01T00:00Z")
    assert "These mails are stopped" in client.post(address, {"again": "1"}).text
    assert chosen() == {(stranger.pk, "project.returned", "mail", False)}


def test_a_mail_that_waits_already_does_not_go_out(client, planned, noon, mailoutbox):
    (delivery,) = planned("a@example.org")
    client.post(f"/en/notifications/stop/{stop_token(delivery.user_id, delivery.stop)}/")
    tasks.send_chunk(noon)
    assert (Delivery.objects.get().state, mailoutbox) == ("suppressed", [])


def test_the_address_of_a_member_who_is_gone_does_no_harm(client):
    assert client.post(f"/en/notifications/stop/{stop_token(999_999, 'followed')}/").status_code == 200
    assert chosen() == set()


def test_the_page_is_read_in_every_language(client, stranger):
    token = stop_token(stranger.pk, "project.returned")
    assert {client.get(f"/{code}/notifications/stop/{token}/").status_code for code in ("en", "da", "sv")} == {200}
