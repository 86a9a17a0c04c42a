"""Who sees a test report: the rule and the queryset say the same for each of the cast, state, visibility, side, embargo and lab."""

import itertools

import pytest

from common.publishing import State as LabState
from testreports.enums import State, Visibility
from testreports.models import TestReport
from testreports.rules import can_see_report
from tests.factories import LivingLabFactory, TestReportFactory

pytestmark = pytest.mark.django_db
EVERYTHING = list(itertools.product(State.values, Visibility.values))
ALL = set(EVERYTHING)
NO_DRAFTS = {(state, visibility) for state, visibility in EVERYTHING if state != "draft"}
PUBLIC = {("published", "public")}
FOR_MEMBERS = PUBLIC | {("published", "members")}

#: What each sees of a report that was written by who tested, and of one that was written by the lab.
SEES = {
    "nobody": (PUBLIC, PUBLIC),
    "stranger": (FOR_MEMBERS, FOR_MEMBERS),
    "colleague": (ALL, NO_DRAFTS),
    "editor": (ALL, NO_DRAFTS),
    "owner": (ALL, NO_DRAFTS),
    "host": (NO_DRAFTS, ALL),
    "helper": (NO_DRAFTS, ALL),
    "team_member": (NO_DRAFTS, ALL),
    "moderator": (NO_DRAFTS, NO_DRAFTS),
    "suspended": (PUBLIC, PUBLIC),
}


def seen_by(person, rows):
    """(by the queryset, by the rule) of (state, visibility)."""
    fresh = TestReport.objects.select_related("lab").filter(pk__in=[row.pk for row in rows])
    by_queryset = {(row.state, row.visibility) for row in TestReport.objects.visible_to(person)}
    return by_queryset, {(row.state, row.visibility) for row in fresh if can_see_report(person, row)}


@pytest.mark.parametrize("side", ["company", "lab"])
@pytest.mark.parametrize("part", SEES)
def test_the_rule_and_the_queryset_agree(part, side, make, request):
    rows = [make(state, visibility=visibility, side=side) for state, visibility in EVERYTHING]
    wanted = SEES[part][0 if side == "company" else 1]
    assert seen_by(request.getfixturevalue(part), rows) == (wanted, wanted)


@pytest.mark.parametrize("part", SEES)
def test_under_embargo_the_two_sides_and_moderators_read_it(part, make, tomorrow, request):
    rows = [make("published", visibility=visibility, embargo_until=tomorrow) for visibility in Visibility.values]
    mine = part in ("colleague", "editor", "owner", "host", "helper", "team_member", "moderator")
    wanted = {("published", visibility) for visibility in Visibility.values} if mine else set()
    person = request.getfixturevalue(part)
    assert seen_by(person, rows) == (wanted, wanted)
    assert list(TestReport.objects.visible_to(person).listed()) == []


#: Of a public report, by the state and visibility of its lab.
OF_LABS = [
    ("published", "public", {"nobody", "stranger"}), ("archived", "public", {"nobody", "stranger"}), ("published", "members", {"stranger"}),
    ("published", "organisation", set()), ("hidden", "public", set()), ("withdrawn", "public", set()), ("draft", "public", set()),
]  # fmt: skip


@pytest.mark.parametrize("state, visibility, readers", OF_LABS)
def test_a_report_is_read_no_wider_than_its_lab(state, visibility, readers, nobody, stranger, organisation):
    lab = LivingLabFactory(state=LabState(state), visibility=visibility)
    report = TestReportFactory(asking=organisation, at=lab)
    found = {name for name, person in (("nobody", nobody), ("stranger", stranger)) if can_see_report(person, report)}
    by_queryset = {name for name, person in (("nobody", nobody), ("stranger", stranger)) if TestReport.objects.visible_to(person)}
    assert (found, by_queryset) == (readers, readers)
