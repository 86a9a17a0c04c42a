"""What the organisations named as partners say to it. They are asked when a project is published, never while a draft is typed.

A project's row is locked first, as in every verb of a project: an edit and an answer in the same second follow one another.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from common.errors import WrongState
from common.publishing import READABLE
from common.text import clean_text
from notifications.actions import notify
from projects.actions.writing import locked_project
from projects.enums import PartnerState
from projects.indexing import index_projects
from projects.models import Project
from projects.telling import authors
from records.actions import audit


def confirm_partner(project, organisation, *, by):
    """`organisation` takes part, says one of its writers. A refusal can be taken back."""
    return _answer(project, organisation, PartnerState.CONFIRMED, by=by, verb="confirm_partner")


def decline_partner(project, organisation, *, by, reason=""):
    """`organisation` does not take part: its name leaves the page, and its members are outsiders again. The authors are told."""
    return _answer(project, organisation, PartnerState.DECLINED, by=by, verb="decline_partner", reason=reason)


def _answer(project, organisation, state, *, by, verb, reason=""):
    reason = clean_text(reason)
    with transaction.atomic():
        locked = locked_project(project)
        rows = locked.partners.filter(organisation=organisation).exclude(state=PartnerState.UNASKED)
        if locked.state not in READABLE or not rows:
            raise WrongState(
                _("%(organisation)s is not asked about this project now.") % {"organisation": organisation}, code="wrong_state"
            )
        if not rows.exclude(state=state).update(state=state):
            said = PartnerState(state).label
            raise WrongState(_("This is answered already: “%(state)s”.") % {"state": said}, code="wrong_state")
        index_projects([locked.pk])
        audit(verb, locked, by=by, note=reason, changes={"organisation": organisation.pk})
        notify(
            f"partner.{state}", locked, by=by, to=authors(locked), note=reason, context={"partner": organisation.name},
        )  # fmt: skip
    return Project.objects.get(pk=project.pk)
