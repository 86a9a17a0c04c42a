import pytest
from celery import shared_task
from celery.exceptions import NotRegistered
from kombu.exceptions import OperationalError

from common.queue import wake

seen = []


@shared_task(name="tests.note")
def note(pk):
    seen.append(pk)


@pytest.fixture(autouse=True)
def nothing_seen():
    seen.clear()


def test_a_worker_is_woken_after_the_commit(db, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        wake("tests.note", 7)
        assert seen == []
    assert seen == [7]


def test_nothing_is_woken_when_the_transaction_fails(db, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks():
        wake("tests.note", 7)
    assert seen == []


def test_a_broker_that_is_away_is_forgiven(db, django_capture_on_commit_callbacks, monkeypatch, caplog):
    def refuse(pk):
        raise OperationalError("connection refused")

    monkeypatch.setattr(note, "delay", refuse)
    with django_capture_on_commit_callbacks(execute=True):
        wake("tests.note", 7)
    assert "The broker is away, tests.note will run with the next tick" in caplog.text


def test_other_faults_are_not_forgiven(db, django_capture_on_commit_callbacks, monkeypatch):
    def fail(pk):
        raise ValueError("broken")

    monkeypatch.setattr(note, "delay", fail)
    with pytest.raises(ValueError, match="broken"), django_capture_on_commit_callbacks(execute=True):
        wake("tests.note", 7)


def test_a_name_nobody_registered_is_an_error():
    with pytest.raises(NotRegistered):
        wake("tests.nobody", 7)


def test_every_periodic_task_is_registered(settings):
    from portal.celery import app

    assert {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} <= set(app.tasks)
