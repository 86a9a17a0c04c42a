import datetime

import pytest

from tests.factories import DeliveryFactory, UserFactory
from tests.support import smtp

NOON = datetime.datetime(2026, 11, 25, 12, 0, tzinfo=datetime.UTC)


@pytest.fixture
def noon():
    return NOON


@pytest.fixture
def member(client, stranger):
    """A member who is signed in."""
    client.force_login(stranger)
    return stranger


@pytest.fixture
def planned(db, noon):
    """Returns a function that plans mails to these addresses, each to a member of its own."""

    def plan(*addresses, **fields):
        users = [UserFactory(email=address) for address in addresses]
        return [DeliveryFactory(user=user, planned_at=noon, next_attempt_at=noon, **fields) for user in users]

    return plan


@pytest.fixture
def sink(settings):
    """A mail server of this test, which the portal sends to."""
    with smtp.sink() as running:
        settings.EMAIL_BACKEND = "common.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", running.port, 1
        yield running
