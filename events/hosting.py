"""For whom a member may hold events: organisations, groups, and the portal for its editors."""

from django.conf import settings
from django.utils.translation import gettext as _

from common.sorting import sorted_by_name
from organisations.enums import WRITERS
from organisations.models import Organisation
from workinggroups.enums import CHAIRS
from workinggroups.models import WorkingGroup

PORTAL = "portal"


def hosts_of(user):
    """`{value: (label, organisation or None, group or None)}` of whom `user` may hold events for; empty for whoever may not."""
    if not getattr(user, "may_act", False):
        return {}
    wanted = user.memberships.filter(role__in=WRITERS).values("organisation")
    organisations = sorted_by_name(Organisation.objects.filter(pk__in=wanted, verified_at__isnull=False))
    found = {f"organisation-{one.pk}": (one.name, one, None) for one in organisations}
    chaired = user.group_memberships.filter(role__in=CHAIRS).values("group")
    groups = WorkingGroup.objects.filter(pk__in=chaired).listed().prefetch_related("texts")
    for group in sorted_by_name(groups):
        found[f"group-{group.pk}"] = (_("Working group: %(name)s") % {"name": group}, None, group)
    if user.has_perm("events.for_portal"):
        found[PORTAL] = (settings.PORTAL["name"], None, None)
    return found
