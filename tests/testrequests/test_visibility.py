"""Who sees a request, its confidential part and a lab's answer: rule and queryset say the same, for all of the cast."""

import pytest
from django.core.files.base import ContentFile

from records.actions import add_attachment
from testrequests.enums import State
from testrequests.models import Application, ConfidentialPart, TestRequest
from testrequests.rules import can_see_application, can_see_confidential, can_see_request
from tests.conftest import of
from tests.factories import ApplicationFactory, TeamMemberFactory, UserFactory

pytestmark = pytest.mark.django_db

ASKING = ("colleague", "editor", "owner")
ANSWERING = ("host", "team_member")
OUTSIDE = ("nobody", "stranger", "moderator", "suspended", "administrator", "elsewhere")
PARTS = (*ASKING, *ANSWERING, "helper", "silent", *OUTSIDE)
EVERY = set(State.values)
SENT = EVERY - {"draft"}
KEPT = SENT - {"declined", "withdrawn", "cancelled"}


@pytest.fixture
def administrator(db):
    return UserFactory(is_superuser=True)


@pytest.fixture
def silent(lab):
    """Named in the lab's team, and does not answer."""
    return TeamMemberFactory(lab=lab, user=UserFactory(), answers=False).user


@pytest.fixture
def elsewhere(db):
    """Answers for another lab."""
    return of(ApplicationFactory().lab.organisation, "owner")


def expected(part):
    """(request, application, confidential part): in which states it is seen."""
    if part in ASKING:
        return EVERY, EVERY, EVERY
    if part in ANSWERING:
        return SENT, SENT, KEPT
    return (SENT, set(), set()) if part in ("helper", "silent") else (set(), set(), set())


@pytest.mark.parametrize("part", PARTS)
def test_rules_and_querysets_agree(part, make, request):
    person, rows = request.getfixturevalue(part), [make(state) for state in State.values]
    mine = [row.pk for row in rows]
    by_queryset = (
        set(TestRequest.objects.visible_to(person).filter(applications__in=mine).values_list("applications__state", flat=True)),
        set(Application.objects.visible_to(person).filter(pk__in=mine).values_list("state", flat=True)),
        set(ConfidentialPart.objects.visible_to(person).filter(request__applications__in=mine)
            .values_list("request__applications__state", flat=True)),
    )  # fmt: skip
    by_rule = (
        {row.state for row in rows if can_see_request(person, row.request)},
        {row.state for row in rows if can_see_application(person, row)},
        {row.state for row in rows if can_see_confidential(person, row.request.confidential)},
    )
    assert (by_queryset, by_rule) == (expected(part), expected(part))


def test_a_lab_does_not_see_the_others_answers(make, host):
    mine = make("sent")
    ApplicationFactory(request=mine.request, organisation=mine.organisation)
    assert list(Application.objects.visible_to(host)) == [mine]


FILES = {"request": {*ASKING, *ANSWERING, "helper"}, "confidential": {*ASKING, *ANSWERING}, "application": {*ASKING, *ANSWERING}}


@pytest.mark.parametrize("noun", FILES)
def test_a_file_is_served_to_those_who_may_read_what_it_hangs_on(noun, make, client, request):
    row = make("sent")
    target = {"request": row.request, "confidential": row.request.confidential, "application": row}[noun]
    address = add_attachment(target, ContentFile(b"%PDF-1.7 x", name="plan.pdf"), by=None).get_absolute_url()
    served = set()
    for part in (*ASKING, *ANSWERING, "helper", "stranger", "moderator", "elsewhere"):
        client.force_login(request.getfixturevalue(part))
        served |= {part} if client.get(address).status_code == 200 else set()
    assert served == FILES[noun]


def test_a_confidential_file_is_gone_for_a_lab_that_declined(make, client, host):
    row = make("declined")
    file = add_attachment(row.request.confidential, ContentFile(b"%PDF-1.7 x", name="price.pdf"), by=None)
    client.force_login(host)
    assert client.get(file.get_absolute_url()).status_code == 404


CANARY = "Quokkabird"


@pytest.mark.parametrize("part", ["helper", "silent", "stranger", "moderator"])
def test_the_confidential_word_is_told_to_nobody_else(part, make, client, request):
    """In no page, list, search or notice (TC-15)."""
    row = make("sent", request__confidential=CANARY, request__title="Open bin")
    client.force_login(request.getfixturevalue(part))
    pages = ["/en/test-requests/", "/en/desk/", "/en/notifications/", "/en/search/?q=quokkabir",
             row.request.get_absolute_url(),
             row.get_absolute_url(), row.lab.get_absolute_url(), f"/en/test-requests/{row.request.pk}/edit/benefit/"]  # fmt: skip
    assert [page for page in pages if CANARY in client.get(page, follow=True).content.decode()] == []


def test_the_word_is_told_to_those_who_may(make, client, host, colleague):
    row = make("sent", request__confidential=CANARY)
    for person in (host, colleague):
        client.force_login(person)
        assert CANARY in client.get(row.request.get_absolute_url()).content.decode()
