"""Two at once, for real: each verb that can meet another one on a report."""

import pytest

from common.errors import WrongState
from notifications.models import OutboxEntry
from projects.models import Project
from testreports import actions
from testreports.models import TestReport
from testrequests.models import TestRequest
from tests.conftest import of
from tests.factories import ApplicationFactory
from tests.support.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def two(organisation, lab):
    """Two who write for whoever tested, two who answer for the lab."""
    return [of(organisation, "owner"), of(organisation, "editor")], [of(lab.organisation, "owner"), of(lab.organisation, "editor")]


def refused(answers):
    return [isinstance(answer, WrongState) for answer in answers]


def test_both_sides_begin_the_report_in_the_same_second(two, organisation, lab):
    application = ApplicationFactory(asking=organisation, lab=lab, state="running")
    answers = at_once(*(lambda one=one: actions.start_report(application, by=one) for one in (two[0][0], two[1][0])))
    assert (TestReport.objects.count(), sorted(refused(answers))) == (1, [False, True])


def test_two_hosts_decide_at_once(two, make):
    report = make("submitted")
    first, second = two[1]
    answers = at_once(
        lambda: actions.publish(report, by=first, goes_on="yes"), lambda: actions.return_(report, by=second, reason="Name the pole.")
    )
    report.refresh_from_db()
    assert (sorted(refused(answers)), report.state in ("published", "returned")) == ([False, True], True)


def test_taken_back_while_it_is_agreed_to(two, make):
    report = make("submitted")
    answers = at_once(lambda: actions.take_back(report, by=two[0][0]), lambda: actions.publish(report, by=two[1][0], goes_on="yes"))
    report.refresh_from_db()
    assert (sorted(refused(answers)), report.state in ("draft", "published")) == ([False, True], True)


def test_two_make_a_project_of_it(two, make):
    report = make()
    answers = at_once(*(lambda one=one: actions.make_project(report, by=one, site_url="https://a.example") for one in two[0]))
    assert (Project.objects.count(), {answer.pk for answer in answers}) == (1, {Project.objects.get().pk})


def test_one_asks_elsewhere_twice(two, make):
    report, before = make(), TestRequest.objects.count()
    at_once(*(lambda: actions.test_again(report, by=two[0][0]) for _ in range(2)))
    assert TestRequest.objects.count() == before + 1


def test_two_ticks_tell_once(make, tomorrow):
    report = make(embargo_until=tomorrow)
    TestReport.objects.filter(pk=report.pk).update(released_at=report.published_at, told_at=None)
    told = at_once(actions.release_due, actions.release_due)
    assert (sum(told), OutboxEntry.objects.filter(kind="testreport.released").count()) == (1, 1)


def test_two_editors_save_the_same_revision(two, make):
    report = make("draft")
    answers = at_once(*(lambda one=one: actions.update_report(report, by=one, opened_at=0, visibility="members") for one in two[0]))
    assert sorted(refused(answers)) == [False, True]
