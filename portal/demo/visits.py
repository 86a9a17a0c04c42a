"""Demo visits around today and days that labs keep to themselves, brought in by the verbs of bookings."""

from datetime import datetime, time, timedelta

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import override

from bookings import actions
from bookings.models import Booking, Visit
from livinglabs.enums import OfferKind
from notifications.models import OutboxEntry
from portal.demo.content import read

#: What waits for somebody now is told; the rest was told then.
TOLD_NOW = ("visit.asked", "visit.proposed")


def seed_visits(organisations, members, labs, tally, *, now):
    """Make what is missing; a second call changes nothing, whatever day it is."""
    content = read("visits.toml")
    known = set(Visit.objects.filter(is_demo=True).values_list("delegation", flat=True))
    for row in content["visit"]:
        tally.note("visits", made=row["delegation"] not in known)
        if row["delegation"] not in known:
            with transaction.atomic(), override(row["language"]):
                _make(row, organisations[row["of"]], members[row["by"]], labs[row["lab"]], now)
    blocked = set(Booking.objects.filter(is_demo=True, kind="blocked").values_list("title", flat=True))
    for row in content["block"]:
        tally.note("blocks", made=row["title"] not in blocked)
        if row["title"] not in blocked:
            lab, first = labs[row["lab"]], _weekday(now, row["day"])
            last = first + timedelta(days=row["days"] - 1)
            actions.block(
                lab.offers.get(kind=row["kind"]), start=first, end=last, by=_answering(lab), title=row["title"], is_demo=True, now=now
            )


def _answering(lab):
    return lab.team.filter(answers=True).select_related("user").first().user


def _weekday(now, days):
    """So many days from today, and no Saturday or Sunday."""
    day = localdate(now) + timedelta(days=days)
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def _make(row, organisation, by, lab, now):
    last = OutboxEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    day, host, asked = _weekday(now, row["day"]), _answering(lab), now - timedelta(days=row["asked"])
    hours = {name: datetime.combine(day, time(hour)) for name, hour in zip(("start", "end"), row["hours"], strict=True)}
    words = {name: row[name] for name in ("delegation", "people", "language", "purpose")}
    offer = lab.offers.get(kind=OfferKind.VISIT)
    visit = actions.ask_for_visit(offer, by=by, organisation=organisation, is_demo=True, now=asked, **hours, **words)
    answered = asked + timedelta(days=2)
    if row["reaches"] == "proposed":
        moved = {name: moment + timedelta(days=row["moved"]) for name, moment in hours.items()}
        actions.propose(visit, by=host, reason=row["reason"], now=answered, **moved)
    elif row["reaches"] != "asked":
        actions.confirm(visit, by=host, practical=row["practical"], now=answered)
    if row["reaches"] == "thanked":
        title, name, text = row["material"]
        file = ContentFile(f"%PDF-1.4\n% {text}\n%%EOF\n".encode(), name=name)
        actions.thank(visit, by=host, text=row["thanks"], files=[(file, title)], now=visit.ends_at + timedelta(days=1))
    # What lies in the past was told then: nobody's bell rings for it now.
    OutboxEntry.objects.filter(pk__gt=last, fanned_out_at=None).exclude(kind__in=TOLD_NOW).update(fanned_out_at=now)
