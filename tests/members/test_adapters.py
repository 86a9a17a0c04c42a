"""Where people arrive after signing in and out."""

import pytest

from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["en", "da", "sv"])
def test_signing_in_and_out_stays_in_the_language_of_the_page(client, language):
    client.force_login(UserFactory())
    signed_in_already = client.get(f"/{language}/accounts/login/")
    signed_out = client.post(f"/{language}/accounts/logout/")
    assert [signed_in_already.url, signed_out.url] == [f"/{language}/", f"/{language}/"]
