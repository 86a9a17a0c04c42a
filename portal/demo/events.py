"""Demo events around today, brought in by the verbs of an event: over with material, to come, full with people waiting, cancelled."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import override

from events import actions
from events.models import Event
from notifications.models import OutboxEntry
from portal.demo.content import read, tidy
from taxonomy.models import Municipality, Theme

PLAIN = ("kind", "place", "directions", "online_url", "capacity", "visibility", "takes_registrations", "tags")


def seed_events(organisations, members, projects, tally, *, now):
    """Make what is missing; a second call changes nothing, whatever day it is."""
    known = {
        "organisations": organisations, "members": members, "projects": projects,
        "themes": {theme.slug: theme for theme in Theme.objects.all()},
        "places": {place.code.lstrip("0"): place for place in Municipality.objects.order_by("in_portal")},
    }  # fmt: skip
    present = set(Event._base_manager.filter(is_demo=True).values_list("texts__title", flat=True))
    for row in read("events.toml")["event"]:
        missing = tidy(row["text"][row["original"]]["title"], row["original"]) not in present
        tally.note("events", made=missing)
        if missing:
            with transaction.atomic(), override(row["original"]):
                _make(row, known, now)


def _make(row, known, now):
    """By the verbs, each at the time it would have happened: who comes registered while it was still to come."""
    by, members = known["members"][row["by"]], known["members"]
    first = OutboxEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    starts_at, ends_at = _moments(row, now)
    then = min(now, starts_at) - timedelta(days=9)
    event = actions.create_event(
        by=by, organisation=known["organisations"].get(row["of"]), texts=_texts(row), starts_at=starts_at, ends_at=ends_at,
        municipality=known["places"].get(row.get("municipality")), is_demo=True, now=then,
        themes=[known["themes"][slug] for slug in row["themes"]],
        projects=[known["projects"][key] for key in row.get("projects", ()) if key in known["projects"]],
        questions=[{"text": text, "is_required": required} for text, required in row.get("questions", ())],
        **{name: row[name] for name in PLAIN if name in row},
    )  # fmt: skip
    if row.get("draft"):
        return
    actions.publish(event, by=by, now=then)
    rows = {key: _register(event, members[key], row, number, then) for number, key in enumerate(row.get("registered", ()))}
    if "present" in row:
        actions.note_attendance(event, [rows[key].pk for key in row["present"]], by=by, now=now)
    if "material" in row:
        title, name, text = row["material"]
        actions.add_material(event, ContentFile(text.encode(), name=name), by=by, title=title)
    if "cancelled" in row:
        actions.cancel(event, by=by, reason=row["cancelled"], now=now)
    # What lies in the past was told then: nobody's bell rings for it now.
    OutboxEntry.objects.filter(pk__gt=first, fanned_out_at=None).exclude(kind="event.cancelled").delete()


def _register(event, user, row, number, then):
    answers = {question.pk: _answer(question, number) for question in event.questions.all()} if row.get("questions") else {}
    way = "online" if event.is_hybrid and number % 3 == 2 else "place"
    return actions.register(event, by=user, way=way, answers=answers, now=then + timedelta(hours=number + 1))


def _answer(question, number):
    return str((number * 7 + 3) * 100) if not question.is_required else ("PMS5003", "SPS30", "SHT31, PMS7003")[number % 3]


def _moments(row, now):
    zone = ZoneInfo("Europe/Copenhagen")
    day = (now + timedelta(days=row["days"])).astimezone(zone).date()
    return tuple(datetime.combine(day, time.fromisoformat(row[name]), tzinfo=zone) for name in ("from", "to"))


def _texts(row):
    languages = sorted(row["text"], key=lambda language: language != row["original"])
    return [
        {"language": language, "is_original": language == row["original"],
         **{name: tidy(row["text"][language].get(name, ""), language) for name in ("title", "summary", "description")}}
        for language in languages
    ]  # fmt: skip
