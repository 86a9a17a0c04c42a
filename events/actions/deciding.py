"""What the approval of minutes sets going: numbers of decisions in the host's log, and action points. Called inside the verb."""

from django.db import connection
from django.db.models import Max

from events.actions.following import warned_already
from events.enums import ActionState
from events.models import ActionPoint, Decision
from events.telling_minutes import tell_assigned
from organisations.models import Organisation
from records.actions import audit
from workinggroups.models import WorkingGroup

_PORTAL_LOG = 4_117_031  # of the advisory lock under which the portal's own decisions are numbered


def number_decisions(minutes):
    """Each new decision gets the next number of its year in the log of its host; in the order of the minutes, without a gap."""
    event = minutes.event
    _hold_log(event)
    log = Decision.objects.filter(group=event.group_id, organisation=event.organisation_id)
    last = {}
    for decision in minutes.decisions.order_by("position", "pk"):
        if decision.number is None:
            year = decision.decided_on.year
            if year not in last:
                last[year] = log.filter(year=year).aggregate(last=Max("number"))["last"] or 0
            last[year] += 1
            decision.year, decision.number = year, last[year]
        decision.is_in_force = True
        decision.save(update_fields=["year", "number", "is_in_force"])


def _hold_log(event):
    """Two meetings of one host approved at once are numbered one after the other."""
    if event.group_id:
        WorkingGroup.objects.select_for_update(of=("self",)).get(pk=event.group_id)
    elif event.organisation_id:
        Organisation.objects.select_for_update(of=("self",)).get(pk=event.organisation_id)
    else:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_PORTAL_LOG])


def follow_up(minutes, before, *, by, now):
    """Action points of these minutes: new ones begin, changed ones follow, those a correction left out are dropped.

    Owner and date of one that goes on are those it has meanwhile, unless the correction itself changed them.
    """
    event = minutes.event
    points = {point.key: point for point in event.action_points.select_for_update(of=("self",))}
    agreed = list(minutes.agreed.order_by("position", "pk"))
    said = {one.key: one for one in before.agreed.all()} if before else {}
    for one in agreed:
        if one.key in points:
            _follow(points[one.key], one, said.get(one.key), by=by, now=now)
        else:
            _begin(event, one, by=by, now=now)
    left_out = [point.pk for key, point in points.items() if key not in {one.key for one in agreed}]
    ActionPoint.objects.filter(pk__in=left_out, state=ActionState.OPEN).update(state=ActionState.DROPPED)


def _begin(event, agreed, *, by, now):
    point = ActionPoint.objects.create(
        event=event, key=agreed.key, text=agreed.text, owner_id=agreed.owner_id, owner_name=agreed.owner_name, due_on=agreed.due_on,
        created_at=now,
    )  # fmt: skip
    audit("create", point, by=by)
    warned_already(point, now)
    tell_assigned(point, by=by)


def _follow(point, agreed, said, *, by, now):
    owner_changed = said is None or (said.owner_id, said.owner_name) != (agreed.owner_id, agreed.owner_name)
    is_new_owner = owner_changed and point.owner_id != agreed.owner_id
    point.text = agreed.text
    if owner_changed:
        point.owner_id, point.owner_name = agreed.owner_id, agreed.owner_name
    if said is None or said.due_on != agreed.due_on:
        point.due_on = agreed.due_on
    if point.state == ActionState.DROPPED:
        point.state = ActionState.OPEN
    point.revision += 1
    point.save()
    if is_new_owner and point.is_open:
        warned_already(point, now)
        tell_assigned(point, by=by)
