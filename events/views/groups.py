"""Meetings, decisions and action points as parts of a group's page."""

from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from common.access import member_required
from events.action_list import ActionList
from events.decisions import DecisionLog
from events.meetings import Meetings
from events.views.decisions import as_file
from workinggroups.page import GroupPage
from workinggroups.views.doors import group_door


@require_safe
@group_door
def meetings(request, group):
    """What is to come, and what is over with its agenda and minutes."""
    context = {"page": GroupPage(group, request.user, "meetings"), "meetings": Meetings(group, request.user, request.GET.get("page"))}
    return render(request, "events/groups/meetings.html", context)


@require_safe
@group_door
def decisions(request, group):
    """The log of the group."""
    context = {"page": GroupPage(group, request.user, "decisions"), "log": DecisionLog(request.GET, request.user, group)}
    return render(request, "events/groups/decisions.html", context)


@require_safe
@group_door
def decisions_file(request, group):
    return as_file(request, DecisionLog(request.GET, request.user, group), f"decisions-{group.slug}")


@require_safe
@member_required(reason=gettext_lazy("Action points are for the members of the group."))
@group_door(permission="workinggroups.take_part")
def action_points(request, group):
    """What the group has to do: for its members."""
    context = {"page": GroupPage(group, request.user, "decisions"), "list": ActionList(request.GET, request.user, group=group)}
    return render(request, "events/groups/actions.html", context)
