"""10,000 requests: the same number of queries as with a few, and the index that was made for it (TC-26)."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from testrequests.enums import OPEN
from testrequests.models import Application, TestRequest
from tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db
MANY = 10_000
PAGES = ("", "?state=sent", "?q=request", "?waiting=1", "?overdue=1&side=lab", "labs/{slug}/")


def fill(lab, number, *, start=0):
    now, asking = timezone.now(), [OrganisationFactory() for _number in range(3)]
    made = TestRequest.objects.bulk_create(
        TestRequest(organisation=asking[place % 3], key=uuid.uuid4(), language="en", title=f"Request {place}", sent_at=now)
        for place in range(start, start + number)
    )
    Application.objects.bulk_create(
        Application(request=one, organisation_id=one.organisation_id, lab=lab, state=OPEN[place % len(OPEN)], turn="lab", sent_at=now,
                    due_on=(now + timedelta(days=place % 90 - 30)).date(), last_activity_at=now - timedelta(minutes=place))
        for place, one in enumerate(made)
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE testrequests_application")


def test_ten_thousand_requests_ask_what_thirty_ask(client, lab, host, count_queries):
    client.force_login(host)
    addresses = [f"/en/test-requests/{page.format(slug=lab.slug)}" for page in PAGES]
    fill(lab, 30)
    [count_queries(address) for address in addresses]
    few = [count_queries(address) for address in addresses]
    fill(lab, MANY, start=30)
    assert [count_queries(address) for address in addresses] == few
    plan = Application.objects.filter(lab=lab, state="sent").order_by("-last_activity_at", "-pk")[:20].explain()
    assert ("application_board" in plan, "Sort" in plan) == (True, False)
