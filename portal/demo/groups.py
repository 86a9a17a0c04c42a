"""Demo working groups around today, brought in by the verbs of a group: at work, private, full, asleep, closed with a summary."""

import uuid
from datetime import timedelta

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import override

from notifications.models import OutboxEntry
from portal.demo.content import read, tidy
from portal.demo.resources import seed_resources
from taxonomy.models import Theme
from workinggroups import actions
from workinggroups.actions.admission import admit
from workinggroups.models import WorkingGroup

PREFIX = "demo:"
NAMES = ("name", "purpose", "why", "deliverables", "decides")
#: What waits for somebody now is told; the rest was told then.
TOLD_NOW = ("workinggroup.asked", "workinggroup.invited")


def seed_groups(organisations, members, projects, tally, *, now):
    """Make what is missing; a second call changes nothing, whatever day it is."""
    known = {
        "organisations": organisations,
        "members": members,
        "projects": projects,
        "themes": {one.slug: one for one in Theme.objects.all()},
    }
    present = set(WorkingGroup.objects.filter(source_key__startswith=PREFIX).values_list("source_key", flat=True))
    for row in read("groups.toml")["group"]:
        missing = PREFIX + row["key"] not in present
        tally.note("groups", made=missing)
        if missing:
            with transaction.atomic(), override(row["original"]):
                _make(row, known, now)


def _make(row, known, now):
    """By the verbs, each at the time it would have happened."""
    last = OutboxEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    people, chair = known["members"], known["members"][row["by"]]
    founded = now - timedelta(days=row["days"])
    group = actions.found(
        by=chair, organisation=known["organisations"][row["of"]], texts=_texts(row), now=founded, tags=row["tags"],
        themes=[known["themes"][slug] for slug in row["themes"]],
        projects=[known["projects"][key] for key in row["projects"] if key in known["projects"]],
        visibility=row["visibility"], joining=row["joining"], member_limit=row.get("limit"), is_demo=True,
        source_key=PREFIX + row["key"], mandate_from=_day(row["from_days"], now), mandate_to=_day(row["to_days"], now),
    )  # fmt: skip
    actions.publish(group, by=chair, now=founded)
    for key, role, days in row["members"]:
        admit(group, people[key], by=chair, role=role, now=now - timedelta(days=days))
    for key, days in row.get("waiting", ()):
        actions.join(group, by=people[key], now=now - timedelta(days=days))
    _seat(group, row, known, chair)
    _what_waits(group, row, people, now)
    for said in row.get("announcement", ()):
        actions.announce(
            group, by=people[said["by"]], key=uuid.uuid4(), subject=said["subject"], text=tidy(said["text"], said["language"]),
            language=said["language"], now=now - timedelta(days=said["days"]),
        )  # fmt: skip
    seed_resources(group, row["key"], people, now)
    if "closed" in row:
        actions.close(group, by=chair, summary=tidy(row["summary"], row["original"]), now=now - timedelta(days=row["closed"]))
    WorkingGroup.objects.filter(pk=group.pk).update(last_activity_at=now - timedelta(days=row["active"]))
    OutboxEntry.objects.filter(pk__gt=last, fanned_out_at=None).exclude(kind__in=TOLD_NOW).update(fanned_out_at=now)


def _texts(row):
    return [
        {"language": language, "is_original": language == row["original"]} | {name: tidy(words[name], language) for name in NAMES}
        for language, words in row["text"].items()
    ]


def _day(days, now):
    return localdate(now) + timedelta(days=days)


def _seat(group, row, known, chair):
    memberships = {one.user_id: one for one in group.memberships.all()}
    for organisation, holder, deputy in row["seats"]:
        held = {name: memberships[known["members"][key].pk] for name, key in (("holder", holder), ("deputy", deputy)) if key}
        actions.give_seat(group, known["organisations"][organisation], by=chair, **held)


def _what_waits(group, row, people, now):
    """Requests and invitations, for the demo sign-ins to answer."""
    for key, note in row.get("asks", ()):
        actions.ask_to_join(group, by=people[key], note=note)
    for email, by, role, language, note in row.get("invites", ()):
        actions.invite(group, email, by=people[by], role=role, language=language, note=note, now=now)
