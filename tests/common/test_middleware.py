"""The cookie of a session that ended: taken away by pages, never by what a page asks in the background."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("mode", "is_taken_away"), [("navigate", True), ("cors", False), ("same-origin", False)])
def test_only_a_page_takes_the_dead_cookie_away(client, mode, is_taken_away):
    client.cookies["sessionid"] = "d" * 32
    response = client.get("/en/notifications/count/", headers={"Sec-Fetch-Mode": mode})
    assert ("sessionid" in response.cookies) == is_taken_away


def test_signing_out_takes_the_cookie_away(client, stranger):
    client.force_login(stranger)
    response = client.post("/en/accounts/logout/")
    assert response.cookies["sessionid"].value == ""
