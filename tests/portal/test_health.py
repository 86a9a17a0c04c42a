import pytest
from django.db import OperationalError, connection

from portal import health
from tests.factories import DeliveryFactory

pytestmark = pytest.mark.django_db


def test_healthz_needs_no_host_and_no_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz", headers={"host": "10.0.0.7"})
    assert (response.status_code, response.content) == (200, b"ok\n")


def test_readyz_when_all_is_well(client):
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {"status": "ok", "database": "ok", "migrations": "ok", "cache": "ok", "queue": "ok", "digests": "ok"}


def test_readyz_while_cache_and_queue_are_away(client, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    settings.CACHES = {"default": {"BACKEND": "common.cache.ForgivingRedisCache", "LOCATION": settings.REDIS_URL}}
    health.broker().conf.broker_url = settings.REDIS_URL
    response = client.get("/readyz")
    health.broker().conf.broker_url = settings.CELERY_BROKER_URL
    assert response.status_code == 200
    assert response.json() == {
        "status": "degraded",
        "database": "ok",
        "migrations": "ok",
        "cache": "away",
        "queue": "away",
        "digests": "ok",
    }


def test_readyz_while_the_database_is_away(client, monkeypatch):
    def refuse():
        raise OperationalError("connection refused")

    monkeypatch.setattr(connection, "cursor", refuse)
    monkeypatch.setattr(connection, "close", lambda: None)
    response = client.get("/readyz")
    assert (response.status_code, response.headers["Retry-After"]) == (503, "5")
    assert response.json()["status"] == "unavailable"


def test_readyz_while_migrations_are_missing(client, monkeypatch):
    monkeypatch.setattr(health.migrated, "done", False)
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda self, targets: ["0002"])
    response = client.get("/readyz")
    assert (response.status_code, response.json()["migrations"]) == (503, "missing")


def test_metrics_are_figures(client):
    lines = client.get("/metrics").content.decode().splitlines()
    assert "portal_database_up 1" in lines
    assert all(float(line.split(" ")[1]) >= 0 for line in lines)


def test_metrics_tell_of_mails(client):
    DeliveryFactory(state="failed")
    lines = client.get("/metrics").content.decode().splitlines()
    assert [line for line in lines if line.startswith(("portal_deliveries", "portal_outbox"))] == [
        "portal_outbox_waiting 1",
        "portal_deliveries_pending 0",
        "portal_deliveries_sending 0",
        "portal_deliveries_failed 1",
        "portal_deliveries_unknown 0",
    ]
