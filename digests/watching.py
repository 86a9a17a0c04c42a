"""Whether digests go out as they should: one alert for a run that is late or fails, figures for /metrics, whether the scheduler lives."""

import logging
from datetime import timedelta

from django.core.cache import cache
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digests.counting import counts_of, planned, settle, under_way
from digests.models import Heartbeat
from digests.planning import waiting_readers
from members.moderators import moderators
from notifications.actions import notify
from notifications.enums import DeliveryState, MailList
from notifications.models import Run, Switch

log = logging.getLogger("portal.digests")
#: A run that is under way for longer is late; one that is halted for longer is forgotten.
LATE, FORGOTTEN = timedelta(hours=2), timedelta(hours=12)
#: More than this part failed: something is wrong with the mail server or with us.
TOO_MANY = 0.02
#: Runs older than this are history.
LOOKED_AT = timedelta(days=3)
#: The scheduler looks every ten minutes. Without a sign of it for so long somebody asks who was due.
SILENT = timedelta(minutes=25)
ASKED_AGAIN = 60  # seconds
HEARTBEAT = "digests.tick"
TROUBLE = {
    "late": _("it is under way for more than two hours"),
    "halted": _("it is halted for more than twelve hours, and its readers get no other digest meanwhile"),
    "failures": _("more than 2 % of its mails failed"),
}


def trouble(run, counts, now):
    """What is wrong with a run: a key of `TROUBLE`, or ""."""
    if run.cancelled_at:
        return ""
    if counts.get(DeliveryState.FAILED, 0) > TOO_MANY * planned(counts):
        return "failures"
    if not under_way(counts):
        return ""
    if run.halted_at:
        return "halted" if now - run.halted_at > FORGOTTEN else ""
    return "late" if now - run.planned_at > LATE else ""


def look(now=None):
    """What the scheduler does after planning: keep what is complete, tell of each run in trouble once. Returns those that are new."""
    now, found = now or timezone.now(), []
    settle(now)
    runs = list(_runs(now).filter(alerted_at=None))
    counts = counts_of(runs)
    for run in runs:
        if (what := trouble(run, counts[run.pk], now)) and _alert(run, what, counts[run.pk], now):
            found.append((run.pk, what))
    Heartbeat.objects.update_or_create(name=HEARTBEAT, defaults={"at": now})
    return found


def _alert(run, what, counts, now):
    """An error in the log, and a notification with mail to whoever may do something about it. False where another told it already."""
    with transaction.atomic():
        if not Run.objects.filter(pk=run.pk, alerted_at=None).update(alerted_at=now):
            return False
        notify(
            "digest.trouble", run, by=None, to=[(person, "moderator") for person in moderators()], url=f"/cms/digests/{run.pk}/",
            context={"trouble": TROUBLE[what], "failed": counts.get(DeliveryState.FAILED, 0), "planned": planned(counts)}, now=now,
        )  # fmt: skip
    log.error("Run %s of the digest is in trouble: %s (%s of %s failed)", run, what, counts.get(DeliveryState.FAILED, 0), planned(counts))
    return True


def missed(now=None):
    """How many readers were due and had no run planned, because the scheduler gives no sign; 0 while it lives.

    Who was due is asked at most once a minute, by whoever asks.
    """
    now = now or timezone.now()
    if Heartbeat.objects.filter(name=HEARTBEAT, at__gt=now - SILENT).exists():
        return 0
    return cache.get_or_set("digests-missed", lambda: _missed(now), ASKED_AGAIN)


def _missed(now):
    return 0 if switched_off() else waiting_readers(now - SILENT)


def switched_off():
    """The row of the switch with who pressed it; None while digests go out."""
    return Switch.objects.select_related("by").filter(list=MailList.DIGEST).first()


def figures(now=None):
    """`{name: number}` for /metrics: few questions, none of which reads more than runs and what waits."""
    now = now or timezone.now()
    runs = list(_runs(now))
    counts = counts_of(runs, shared=True)
    last = runs[0] if runs else Run.objects.filter(list=MailList.DIGEST).order_by("-slot").first()
    total = {state: sum(counts[run.pk].get(state, 0) for run in runs) for state in DeliveryState}
    waiting = [run for run in runs if counts[run.pk].get(DeliveryState.PENDING)]
    open_runs = [run for run in runs if under_way(counts[run.pk]) and not run.halted_at]
    failed, tried = total[DeliveryState.FAILED], sum(total.values())
    troubles = [trouble(run, counts[run.pk], now) for run in runs]
    beat = Heartbeat.objects.filter(name=HEARTBEAT).values_list("at", flat=True).first()
    return {
        "portal_digest_switched_off": int(bool(switched_off())),
        "portal_digest_runs": len(runs),
        "portal_digest_runs_under_way": len(open_runs),
        "portal_digest_runs_halted": sum(bool(run.halted_at) for run in runs),
        "portal_digest_planned": tried,
        **{f'portal_digest_deliveries{{state="{state}"}}': number for state, number in total.items()},
        "portal_digest_failure_ratio": round(failed / tried, 6) if tried else 0,
        "portal_digest_oldest_pending_seconds": max((_age(run.planned_at, now) for run in waiting), default=0),
        "portal_digest_late_seconds": max((_age(run.planned_at, now, LATE) for run in open_runs), default=0),
        "portal_digest_runs_in_trouble": sum(map(bool, troubles)),
        "portal_digest_last_run_timestamp_seconds": int(last.planned_at.timestamp()) if last else 0,
        "portal_digest_last_tick_timestamp_seconds": int(beat.timestamp()) if beat else 0,
        "portal_digest_missed_readers": missed(now),
    }  # fmt: skip


def _runs(now):
    """Those of the last days, and older ones that are not complete."""
    return Run.objects.filter(Q(planned_at__gt=now - LOOKED_AT) | Q(completed_at=None), list=MailList.DIGEST).order_by("-slot")


def _age(moment, now, allowed=timedelta()):
    return max(0, int((now - moment - allowed).total_seconds()))
