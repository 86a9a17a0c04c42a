"""A lab's own numbers: counted right, across a year, with one number of queries."""

import csv
import io
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.urls import reverse

from bookings.models import Booking
from testreports.numbers import LabNumbers
from tests.factories import ApplicationFactory, OfferFactory, TestReportFactory

pytestmark = pytest.mark.django_db
HERE = ZoneInfo("Europe/Copenhagen")
NOW = datetime(2026, 11, 20, 12, tzinfo=HERE)


@pytest.fixture
def asked(lab):
    """Makes a request that was sent so many days ago and answered after so many."""

    def application(days, answered=None, **values):
        sent = NOW - timedelta(days=days)
        answered_at = sent + timedelta(days=answered) if answered is not None else None
        return ApplicationFactory(lab=lab, sent_at=sent, answered_at=answered_at, **values)

    return application


def test_requests_stand_in_their_months_on_the_clock_of_the_lab(lab):
    for sent in (
        datetime(2026, 10, 31, 23, 30, tzinfo=HERE),
        datetime(2026, 11, 1, 0, 30, tzinfo=HERE),
        datetime(2025, 11, 30, tzinfo=HERE),
    ):
        ApplicationFactory(lab=lab, sent_at=sent)
    numbers = LabNumbers(lab, now=NOW)
    assert (numbers.requests, numbers.months[0], numbers.months[-1]) == ({(2026, 10): 1, (2026, 11): 1}, (2025, 12), (2026, 11))


def test_how_soon_it_answers(lab, asked):
    for days in (0.5, 3, 6, 10, 20):
        asked(60, days, state="accepted")
    asked(30)
    found = LabNumbers(lab, now=NOW).answers
    assert [found[name] for name in ("day", "week", "fortnight", "longer", "kept", "all", "late")] == [1, 2, 1, 1, 4, 5, 1]
    assert found["middle"] == timedelta(days=6)


def test_what_came_of_them(lab, asked):
    for state in ("accepted", "completed", "declined", "withdrawn", "sent", "clarifying", "cancelled"):
        asked(40, 2 if state != "sent" else None, state=state, **({"agreed_at": NOW} if state == "cancelled" else {}))
    assert LabNumbers(lab, now=NOW).outcomes == {"accepted": 3, "declined": 1, "withdrawn": 1, "waiting": 2}


def test_how_much_an_offer_is_used(lab):
    offer = OfferFactory(lab=lab, capacity=2, published_at=NOW - timedelta(days=100))
    for unit, kind, days in ((1, "agreement", 50), (2, "blocked", 20)):
        period = DateTimeTZRange(NOW - timedelta(days=days), NOW + timedelta(days=7))
        Booking.objects.create(offer=offer, unit=unit, last_unit=unit, period=period, kind=kind)
    (found,) = LabNumbers(lab, now=NOW).utilisation
    assert found == (offer, 28)  # 50 of 2 × 100 days, less 20 that were blocked


def test_a_lab_without_anything_has_its_page(client, lab, host):
    client.force_login(host)
    assert client.get(reverse("lab_numbers:detail", args=[lab.slug])).status_code == 200


@pytest.mark.parametrize("part, status", [("nobody", 302), ("stranger", 403), ("helper", 403), ("moderator", 403), ("team_member", 200)])
def test_only_the_people_of_the_lab_read_them(client, lab, part, status, request):
    person = request.getfixturevalue(part)
    if person.is_authenticated:
        client.force_login(person)
    found = [client.get(reverse(f"lab_numbers:{name}", args=[lab.slug])).status_code for name in ("detail", "file")]
    assert found == [status, status]


def test_the_file_says_what_the_charts_say(client, lab, host):
    TestReportFactory(at=lab)
    OfferFactory(lab=lab, text__title="=Pole")
    client.force_login(host)
    rows = list(csv.reader(io.StringIO(client.get(reverse("lab_numbers:file", args=[lab.slug])).content.decode("utf-8-sig"))))
    figures = {row[0] for row in rows[1:]}
    assert {
        "Requests by month",
        "Time to the first answer",
        "What came of them",
        "Use of the offers, %",
        "Reports published by month",
    } < figures
    assert [row[1] for row in rows if row[0] == "Use of the offers, %"] == ["'=Pole"]


def test_the_page_asks_the_same_whatever_there_is(client, same_queries, lab, host):
    client.force_login(host)
    assert same_queries(reverse("lab_numbers:detail", args=[lab.slug]), lambda: TestReportFactory(at=lab)) <= 20
