"""Who may do what with a test report. Doors ask these; verbs check the state."""

import rules
from django.utils import timezone

from common.publishing import READABLE
from common.publishing import Visibility as LabVisibility
from common.rules import is_moderator, may_act
from livinglabs.rules import is_of_team
from testreports.enums import State, Visibility
from testrequests.enums import Side
from testrequests.rules import sides_of


def of_lab(user, report):
    return bool(user.organisation_roles.get(report.lab.organisation_id)) or is_of_team(user, report.lab)


def of_company(user, report):
    return report.organisation_id in user.organisation_roles


@rules.predicate
def can_see_report(user, report):
    """The twin of `TestReportQuerySet.visible_to` for one report in memory."""
    lab = report.lab
    released = report.is_released_at(timezone.now()) and lab.state in READABLE
    if released and report.visibility == Visibility.PUBLIC and lab.visibility == LabVisibility.PUBLIC:
        return True
    if not getattr(user, "may_act", False):
        return False
    if of_company(user, report) and (report.side == Side.COMPANY or report.state != State.DRAFT):
        return True
    if of_lab(user, report) and (report.side == Side.LAB or report.state != State.DRAFT):
        return True
    if user.is_moderator:
        return report.state != State.DRAFT
    return released and report.visibility != Visibility.SIDES and lab.visibility != LabVisibility.ORGANISATION


@rules.predicate
def writes_it(user, report):
    """Of the side that began the report."""
    return report.side in sides_of(user, report.application)


@rules.predicate
def agrees_to_it(user, report):
    """Of the side that is asked whether the report says what happened."""
    return bool(set(sides_of(user, report.application)) - {report.side})


@rules.predicate
def is_of_either_side(user, report):
    return bool(sides_of(user, report.application))


@rules.predicate
def is_hidden(user, report):
    return report.state == State.HIDDEN


rules.add_perm("testreports.see", can_see_report)
rules.add_perm("testreports.change", may_act & can_see_report & writes_it)
rules.add_perm("testreports.submit", may_act & can_see_report & writes_it)
rules.add_perm("testreports.take_back", may_act & can_see_report & writes_it)
rules.add_perm("testreports.delete", may_act & can_see_report & writes_it)
rules.add_perm("testreports.reopen", may_act & can_see_report & writes_it)
rules.add_perm("testreports.return", may_act & can_see_report & agrees_to_it)
rules.add_perm("testreports.publish", may_act & can_see_report & (agrees_to_it & ~is_hidden | is_moderator & is_hidden))
rules.add_perm("testreports.hide", is_moderator)
rules.add_perm("testreports.go_on", may_act & can_see_report & is_of_either_side)
rules.add_perm("testreports.history", may_act & can_see_report & (is_of_either_side | is_moderator))
