"""The rows of a draft, written anew from its content. Called by the verbs, which hold the draft."""

import uuid

from common.rows import clean_row, clean_rows
from events.content import COLUMNS, MODELS, RELATED
from events.models import Decision
from events.people import known_people
from organisations.models import Organisation


def write(minutes, content):
    """Replace what the draft says. Raises `ValidationError` that names the row."""
    event = minutes.event
    minutes.language, minutes.remarks = content["language"], content["remarks"]
    clean_row(minutes, exclude=("correction",))
    people, organisations = (
        known_people(event, _named(content, "people", "user") | _named(content, "agreed", "owner")),
        _organisations(content),
    )
    rows = {kind: [_plain(kind, row, people, organisations) for row in content[kind]] for kind in COLUMNS}
    sets = [row.pop("organisations") for row in rows["decisions"]]
    pointed = [row.pop("point_key") for row in rows["decisions"]]
    numbers = _numbers(event, rows["decisions"])
    made = {
        kind: clean_rows(MODELS[kind], rows[kind], minutes=minutes, **_of_event(kind, event, minutes))
        for kind in ("points", "people", "agreed")
    }
    made["decisions"] = clean_rows(Decision, rows["decisions"], minutes=minutes, **_of_event("decisions", event, minutes))
    for related in RELATED.values():
        getattr(minutes, related).all().delete()
    for kind in ("points", "people", "agreed"):
        MODELS[kind].objects.bulk_create(made[kind])
    _write_decisions(minutes, made["decisions"], pointed, sets, numbers)


def _write_decisions(minutes, decisions, pointed, sets, numbers):
    points = {str(point.key): point for point in minutes.points.all()}
    for decision, key in zip(decisions, pointed, strict=True):
        decision.point = points.get(key)
        decision.year, decision.number = numbers.get(str(decision.key), (None, None))
    Decision.objects.bulk_create(decisions)
    through = Decision.organisations.through
    links = [
        through(decision=decision, organisation_id=pk) for decision, chosen in zip(decisions, sets, strict=True) for pk in chosen
    ]  # fmt: skip
    through.objects.bulk_create(links)


def _of_event(kind, event, minutes):
    if kind != "decisions":
        return {}
    return {"group": event.group, "organisation": event.organisation, "decided_on": event.starts.date(), "language": minutes.language}


def _plain(kind, row, people, organisations):
    """The columns of a row; nobody and nothing is named that does not belong to the event."""
    values = {"key": row["key"] or str(uuid.uuid4())} | {name: row[name] for name in COLUMNS[kind]}
    if kind == "people":
        values["user_id"] = _known(values.pop("user"), people)
        values["organisation_id"] = _known(values.pop("organisation"), organisations)
        if values["organisation_id"]:
            values["organisation_name"] = organisations[values["organisation_id"]]
    if kind == "agreed":
        values["owner_id"] = _known(values.pop("owner"), people)
    if kind == "decisions":
        values["point_key"] = values.pop("point")
        values["organisations"] = [pk for pk in values["organisations"] if pk in organisations]
    return values


def _known(pk, known):
    return pk if pk in known else None


def _named(content, kind, column):
    return {row[column] for row in content[kind] if row[column]}


def _organisations(content):
    """`{primary key: name}` of the verified organisations that are named."""
    wanted = _named(content, "people", "organisation") | {pk for row in content["decisions"] for pk in row["organisations"]}
    return dict(Organisation.objects.filter(pk__in=wanted, verified_at__isnull=False).values_list("pk", "name"))


def _numbers(event, rows):
    """`{key: (year, number)}` of decisions that earlier minutes of the event gave a number."""
    earlier = Decision.objects.filter(minutes__event=event, key__in=[row["key"] for row in rows], number__isnull=False)
    return {str(key): (year, number) for key, year, number in earlier.values_list("key", "year", "number")}
