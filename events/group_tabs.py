"""The parts that events add to a group's page."""

from django.utils.translation import gettext_lazy as _

from events.meetings import meetings_of
from events.models import Decision
from workinggroups.page import Tab, register_tab


def _decisions(page):
    return Decision.objects.visible_to(page.user).in_force().filter(group=page.group)


register_tab(
    Tab("meetings", _("Meetings"), "group_meetings:meetings", rows=lambda page: meetings_of(page.group, page.user), position=30),
    Tab("decisions", _("Decisions"), "group_meetings:decisions", rows=_decisions, position=35),
)
