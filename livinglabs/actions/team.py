"""Who leaves an organisation leaves the teams of its labs: nobody answers for a lab, or reads what it is told, from outside."""

from django.db.models import Q

from livinglabs.models import LivingLab, TeamMember
from livinglabs.rules import forget_teams
from projects.enums import NAMED
from records.actions import audit


def leave_teams(organisation, user, *, by):
    """Take `user` out of the teams of labs that `organisation` runs or takes part in. Who belongs to another of a lab's stays.

    Called inside the verb's transaction, once the membership is gone.
    """
    belongs = user.memberships.values("organisation")
    labs = LivingLab.objects.filter(Q(organisation=organisation) | Q(partners__organisation=organisation), team__user=user)
    staying = LivingLab.objects.filter(
        Q(organisation__in=belongs) | Q(partners__organisation__in=belongs, partners__state__in=NAMED), team__user=user
    )
    rows = TeamMember.objects.filter(user=user, lab__in=labs.values("pk")).exclude(lab__in=staying.values("pk"))
    for row in list(rows.select_related("lab").order_by("pk")):
        row.delete()
        audit("leave", row.lab, by=by, changes={"user": user.pk})
    forget_teams(user)


def leave_with(organisation, lab, *, by):
    """Take the people of `organisation`, which takes no part any more, out of the team of `lab`. Who belongs to another of its own stays.

    Called with the lab's row held.
    """
    others = lab.partners.filter(state__in=NAMED, organisation__isnull=False).values("organisation")
    rows = TeamMember.objects.filter(lab=lab, user__memberships__organisation=organisation)
    rows = rows.exclude(user__memberships__organisation=lab.organisation_id).exclude(user__memberships__organisation__in=others)
    for row in list(rows.select_related("user").order_by("pk")):
        row.delete()
        audit("leave", lab, by=by, changes={"user": row.user_id})
        forget_teams(row.user)
