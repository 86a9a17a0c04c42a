"""Demo meetings of the working groups, with agendas, minutes, decisions and action points; brought in by the verbs."""

from datetime import datetime, time, timedelta
from uuid import uuid5
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import override

from events import actions
from events.content import base_of, content_of
from events.models import ActionPoint, Event
from notifications.models import OutboxEntry
from portal.demo.content import read, tidy
from portal.demo.discussions import NAMESPACE
from portal.demo.groups import PREFIX
from taxonomy.models import Municipality, Theme
from workinggroups.models import WorkingGroup

PLAIN = ("place", "directions", "online_url", "capacity", "visibility")
#: What waits for somebody now is told; the rest was told then.
TOLD_NOW = ("event.item_proposed",)


def seed_meetings(organisations, members, tally, *, now):
    """Make what is missing; a second call changes nothing, whatever day it is."""
    known = {
        "organisations": organisations, "members": members, "themes": {theme.slug: theme for theme in Theme.objects.all()},
        "places": {place.code.lstrip("0"): place for place in Municipality.objects.order_by("in_portal")},
        "groups": {one.source_key: one for one in WorkingGroup.objects.filter(source_key__startswith=PREFIX)},
    }  # fmt: skip
    present = set(Event._base_manager.filter(is_demo=True).values_list("texts__title", flat=True))
    for row in read("meetings.toml")["meeting"]:
        group = known["groups"].get(PREFIX + row["group"])
        missing = tidy(row["title"], row["language"]) not in present and group is not None and group.is_open
        tally.note("meetings", made=missing)
        if missing:
            with transaction.atomic(), override(row["language"]):
                _make(row, group, known, now)


def _make(row, group, known, now):
    """Planned, published, come to, written and approved: each at the time it would have happened."""
    last = OutboxEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    by, members = known["members"][row["by"]], known["members"]
    starts_at, ends_at = _moments(row, now)
    then = min(now, starts_at) - timedelta(days=12)
    text = {"language": row["language"], "is_original": True} | {name: tidy(row[name], row["language"]) for name in ("title", "summary")}
    event = actions.create_event(
        by=by, group=group, texts=[text], starts_at=starts_at, ends_at=ends_at, is_demo=True, now=then, kind="meeting",
        municipality=known["places"].get(row.get("municipality")), themes=[known["themes"][slug] for slug in row["themes"]],
        **{name: row[name] for name in PLAIN if name in row},
    )  # fmt: skip
    for title, presenter, length, words in row["agenda"]:
        actions.add_item(event, by=by, title=tidy(title, row["language"]), presenter=presenter, length=length, text=words)
    actions.publish(event, by=by, now=then)
    rows = {key: _come(event, members[key], number, then) for number, key in enumerate(row["registered"])}
    if "taker" in row:
        actions.name_minute_taker(event, members[row["taker"]], by=by)
    if "proposal" in row:
        key, title, length, words = row["proposal"]
        actions.propose_item(event, by=members[key], title=title, length=length, text=words)
    if "present" in row:
        actions.note_attendance(event, [rows[key].pk for key in row["present"]], by=by, now=now)
    if "minutes" in row:
        _write(event, row, row["minutes"], known, now)
    OutboxEntry.objects.filter(pk__gt=last, fanned_out_at=None).exclude(kind__in=TOLD_NOW).update(fanned_out_at=now)


def _come(event, user, number, then):
    way = "online" if event.is_hybrid and number % 3 == 2 else "place"
    return actions.register(event, by=user, way=way, now=then + timedelta(hours=number + 1))


def _moments(row, now):
    zone = ZoneInfo("Europe/Copenhagen")
    day = (now + timedelta(days=row["days"])).astimezone(zone).date()
    return tuple(datetime.combine(day, time.fromisoformat(row[name]), tzinfo=zone) for name in ("from", "to"))


def _write(event, row, said, known, now):
    """The minutes as one of the members wrote them, approved some days after the meeting; perhaps corrected later."""
    chair, taker = known["members"][row["by"]], known["members"][said["taker"]]
    draft = actions.start_minutes(event, by=taker, language=row["language"])
    draft = _save(draft, _content(draft, row, said, known, now), by=taker)
    if said["state"] == "draft":
        return
    at = event.starts_at + timedelta(days=said["after"])
    actions.approve_minutes(draft, by=chair, revision=draft.revision, now=at)
    _finish(event, said, known)
    if "corrected" in said:
        mended = said["corrected"]
        draft = actions.correct_minutes(event, by=chair, reason=mended["reason"])
        draft = _save(draft, content_of(draft) | {"remarks": mended["remarks"]}, by=taker)
        actions.approve_minutes(draft, by=chair, revision=draft.revision, now=event.starts_at + timedelta(days=mended["after"]))


def _save(draft, content, *, by):
    return actions.save_minutes(draft, by=by, typed=content, base=base_of(content_of(draft))).minutes


def _content(draft, row, said, known, now):
    content, language = content_of(draft), row["language"]
    for point, words in zip(content["points"], said["points"], strict=True):
        point["text"] = tidy(words, language)
    content["people"] += [
        {"key": _key(draft, f"guest-{name}"), "user": None, "name": name, "organisation": None, "organisation_name": organisation,
         "is_deputy": False, "presence": "present"}
        for name, organisation in said.get("guests", ())
    ]  # fmt: skip
    content["remarks"] = tidy(said.get("remarks", ""), language)
    content["decisions"] = [
        {"key": _key(draft, f"decision-{number}"), "point": content["points"][one["point"] - 1]["key"], "text": tidy(one["text"], language),
         "organisations": sorted(known["organisations"][key].pk for key in one["behind"] if key in known["organisations"]),
         "dissent": tidy(one.get("dissent", ""), language)}
        for number, one in enumerate(said.get("decision", ()))
    ]  # fmt: skip
    content["agreed"] = [
        {"key": _key(draft, f"action-{number}"), "text": tidy(one["text"], language), "owner": known["members"][one["who"]].pk,
         "owner_name": "", "due_on": localdate(now) + timedelta(days=one["due"])}
        for number, one in enumerate(said.get("action", ()))
    ]  # fmt: skip
    return content


def _key(draft, name):
    return str(uuid5(NAMESPACE, f"{draft.event.slug}:{name}"))


def _finish(event, said, known):
    """What is done by now, each by who had taken it on."""
    points = dict(zip((one["text"] for one in said.get("action", ())), event.action_points.order_by("pk"), strict=True))
    for one in said.get("action", ()):
        if "done" in one:
            point: ActionPoint = points[one["text"]]
            actions.finish_action(point, by=known["members"][one["who"]], note=one["done"], now=event.starts_at + timedelta(days=16))
