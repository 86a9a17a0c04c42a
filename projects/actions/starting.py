"""A new draft from the form: one however often its button is pressed."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from common.errors import WrongState
from organisations.models import Membership
from projects.actions.writing import create_project
from projects.content import as_data
from projects.enums import Kind
from projects.models import Project

#: A second draft of the same title within this time is the first one again.
AGAIN = timedelta(minutes=10)


def start_project(*, by, said, now=None):
    """A draft from the first step's `said` (organisation and title are needed), or the one that the same click has made already.

    The membership's row is locked, so that two clicks in the same second follow one another, and nobody who has left meanwhile posts.
    Raises `ValidationError`, `WrongState`.
    """
    with transaction.atomic():
        membership = Membership.objects.select_for_update().filter(user=by, organisation=said["organisation"]).first()
        if not membership:
            raise WrongState(_("You do not belong to this organisation any more."), code="wrong_state")
        mine = Project.objects.filter(created_by=by, organisation=membership.organisation_id, state="draft", texts__title=said["title"])
        again = mine.filter(created_at__gte=(now or timezone.now()) - AGAIN).first()
        if again:
            return again
        data = as_data({}, {"language": "", "title": "", **said})
        organisation = data.pop("organisation")
        return create_project(organisation, by=by, **{"kind": Kind.DEMONSTRATION, "phase": "", **data})
