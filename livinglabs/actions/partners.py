"""What the organisations named as partners of a lab say to it. They are asked when it is published."""

from django.db import transaction
from django.utils.translation import gettext as _

from common.errors import WrongState
from common.publishing import READABLE
from common.text import clean_text
from livinglabs.actions.locking import locked_lab
from livinglabs.actions.team import leave_with
from livinglabs.indexing import index_labs
from livinglabs.telling import authors
from notifications.actions import notify
from projects.enums import PartnerState
from records.actions import audit


def confirm_partner(lab, organisation, *, by):
    """`organisation` takes part, says one of its writers. A refusal can be taken back."""
    return _answer(lab, organisation, PartnerState.CONFIRMED, by=by, verb="confirm_partner")


def decline_partner(lab, organisation, *, by, reason=""):
    """`organisation` does not take part: its name leaves the page, and its members are outsiders again. The authors are told."""
    return _answer(lab, organisation, PartnerState.DECLINED, by=by, verb="decline_partner", reason=reason)


def _answer(lab, organisation, state, *, by, verb, reason=""):
    reason = clean_text(reason)
    with transaction.atomic():
        locked = locked_lab(lab)
        rows = locked.partners.filter(organisation=organisation).exclude(state=PartnerState.UNASKED)
        if locked.state not in READABLE or not rows:
            message = _("%(organisation)s is not asked about this living lab now.")
            raise WrongState(message % {"organisation": organisation}, code="wrong_state")
        if not rows.exclude(state=state).update(state=state):
            said = PartnerState(state).label
            raise WrongState(_("This is answered already: “%(state)s”.") % {"state": said}, code="wrong_state")
        if state == PartnerState.DECLINED:
            leave_with(organisation, locked, by=by)
        index_labs([locked.pk])
        audit(verb, locked, by=by, note=reason, changes={"organisation": organisation.pk})
        context = {"partner": organisation.name}
        notify(f"lab_partner.{state}", locked, by=by, to=authors(locked), note=reason, context=context)
    return locked
