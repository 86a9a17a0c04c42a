"""Action points after the meeting: given to somebody, done, opened again, and remembered in time."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from common.errors import WrongState
from common.rows import clean_row
from common.text import clean_text
from events.actions.agenda import refuse_closed_group
from events.enums import ActionState
from events.models import ActionPoint, ActionReminder, Event
from events.people import known_people
from events.telling_minutes import tell_action_due, tell_assigned, tell_done
from records.actions import audit

BEFORE_DAYS = 3
#: Nobody is woken by a task: reminders go out from this hour on, on the portal's clock.
FROM_HOUR = 7
A_CHUNK = 200


def assign_action(point, *, by, owner, owner_name="", due_on=None, revision=None, now=None):
    """Another owner or another date, by whoever writes for the host; a new owner is told. `owner` is a member or None."""
    now = now or timezone.now()
    with transaction.atomic():
        row = _held(point, (ActionState.OPEN,), revision)
        if owner is not None and not known_people(row.event, [owner.pk]):
            raise WrongState(_("Choose somebody who belongs to the group or was at the meeting."), code="unknown")
        is_new = owner is not None and owner.pk != row.owner_id
        row.owner, row.owner_name, row.due_on = owner, "" if owner else owner_name, due_on
        clean_row(row)
        row.revision += 1
        row.save()
        audit("assign_action", row, by=by, changes={"due_on": str(due_on or "")})
        if is_new:
            warned_already(row, now)
            tell_assigned(row, by=by)
    return row


def finish_action(point, *, by, note="", now=None):
    """Open → done, by its owner or by whoever writes for the host; with what came of it. Those who lead hear of it."""
    now = now or timezone.now()
    with transaction.atomic():
        row = _held(point, (ActionState.OPEN,))
        row.state, row.note, row.finished_at, row.finished_by = ActionState.DONE, clean_text(note, single_line=True)[:500], now, by
        row.revision += 1
        row.save(update_fields=["state", "note", "finished_at", "finished_by", "revision"])
        audit("finish_action", row, by=by, note=row.note)
        tell_done(row, by=by)
    return row


def reopen_action(point, *, by):
    """Done → open: it was not quite."""
    with transaction.atomic():
        row = _held(point, (ActionState.DONE,))
        row.state, row.finished_at, row.finished_by = ActionState.OPEN, None, None
        row.revision += 1
        row.save(update_fields=["state", "finished_at", "finished_by", "revision"])
        audit("reopen_action", row, by=by)
    return row


def _held(point, states, revision=None):
    event = Event.objects.select_related("group").get(pk=point.event_id)
    refuse_closed_group(event)
    row = ActionPoint.objects.select_for_update(of=("self",)).filter(pk=point.pk).first()
    if row is None:
        raise WrongState(_("This is not here any more."), code="gone")
    if row.state not in states:
        words = _("This is not possible now: the action point is “%(state)s”.")
        raise WrongState(words % {"state": row.get_state_display()}, code="wrong_state")
    if revision is not None and row.revision != revision:
        raise WrongState(_("Somebody else has changed this action point meanwhile. Look at it again."), code="stale")
    row.event = event
    return row


# ---- reminders


def today_of(now):
    """The day on the portal's clock, whatever the server's says."""
    return now.astimezone(ZoneInfo(settings.TIME_ZONE)).date()


def period_of(point, today):
    """Which reminder is due on a day: one from three days before, then one for each week that it is overdue; "" for none."""
    if point.due_on is None or today < point.due_on - timedelta(days=BEFORE_DAYS):
        return ""
    if today <= point.due_on:
        return f"due-{point.due_on}"
    return f"overdue-{point.due_on}-{(today - point.due_on).days // 7}"


def warned_already(point, now):
    """Whoever is given something that is due in these days is told just now, and not reminded an hour later."""
    if period := period_of(point, today_of(now)):
        ActionReminder.objects.get_or_create(action=point, period=period, defaults={"at": now})


def remind_owners(*, now=None):
    """Remind owners of what is due or overdue; returns how many. May run twice, and at once with itself: each period counts once."""
    now = now or timezone.now()
    if now.astimezone(ZoneInfo(settings.TIME_ZONE)).hour < FROM_HOUR:
        return 0
    today, last, reminded = today_of(now), 0, 0
    due = ActionPoint.objects.open().in_use().filter(due_on__lte=today + timedelta(days=BEFORE_DAYS))
    due = due.filter(owner__is_active=True, owner__suspended_at=None)
    while True:
        with transaction.atomic():
            rows = due.filter(pk__gt=last).select_for_update(skip_locked=True, of=("self",)).select_related("event")
            chunk = list(rows.order_by("pk")[:A_CHUNK])
            if not chunk:
                return reminded
            last = chunk[-1].pk
            reminded += _remind(chunk, today, now)


def _remind(points, today, now):
    """Those whose period has no reminder yet; the rows are held, so that nobody else gives one meanwhile."""
    given = set(ActionReminder.objects.filter(action__in=points).values_list("action", "period"))
    wanted = [(point, period_of(point, today)) for point in points]
    wanted = [(point, period) for point, period in wanted if period and (point.pk, period) not in given]
    ActionReminder.objects.bulk_create([ActionReminder(action=point, period=period, at=now) for point, period in wanted])
    for point, _period in wanted:
        tell_action_due(point, is_overdue=point.due_on < today)
    return len(wanted)
