"""What minutes say as plain data: what forms show, saves compare and corrections copy.

`{"language", "remarks", "points": [row], "people": [row], "decisions": [row], "agreed": [row]}`; each row carries its `key`. Two
people may write at once: what each of them left alone is not touched, and only the same row written by both is a clash.
"""

import hashlib
import json
from datetime import date

from events.models import AgreedAction, Attendee, Decision, MinutesPoint

PLAIN = ("language", "remarks")
COLUMNS = {
    "points": ("title", "presenter", "text"),
    "people": ("user", "name", "organisation", "organisation_name", "is_deputy", "presence"),
    "decisions": ("point", "text", "organisations", "dissent"),
    "agreed": ("text", "owner", "owner_name", "due_on"),
}
MODELS = {"points": MinutesPoint, "people": Attendee, "decisions": Decision, "agreed": AgreedAction}
RELATED = {"points": "points", "people": "attendees", "decisions": "decisions", "agreed": "agreed"}


def content_of(minutes):
    """The content of one version; five queries, whatever its length."""
    points = list(minutes.points.all())
    key_of = {point.pk: str(point.key) for point in points}
    decisions = minutes.decisions.prefetch_related("organisations")
    return {
        "language": minutes.language, "remarks": minutes.remarks,
        "points": [{"key": str(one.key), "title": one.title, "presenter": one.presenter, "text": one.text} for one in points],
        "people": [
            {"key": str(one.key), "user": one.user_id, "name": one.name, "organisation": one.organisation_id,
             "organisation_name": one.organisation_name, "is_deputy": one.is_deputy, "presence": one.presence}
            for one in minutes.attendees.all()
        ],
        "decisions": [
            {"key": str(one.key), "point": key_of.get(one.point_id, ""), "text": one.text, "dissent": one.dissent,
             "organisations": sorted(organisation.pk for organisation in one.organisations.all())}
            for one in decisions
        ],
        "agreed": [
            {"key": str(one.key), "text": one.text, "owner": one.owner_id, "owner_name": one.owner_name, "due_on": one.due_on}
            for one in minutes.agreed.all()
        ],
    }  # fmt: skip


def flat(content):
    """`{"remarks": …, "points:<key>": row without its key, …}`: the parts that are compared one by one."""
    parts = {name: content[name] for name in PLAIN}
    for kind, columns in COLUMNS.items():
        parts |= {f"{kind}:{row['key']}": {name: row[name] for name in columns} for row in content[kind]}
    return parts


def digest(value):
    """A short mark of one part, by which a form knows whether somebody else has changed it; "" for what is not there."""
    if value is None:
        return ""
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=False, default=date.isoformat).encode()).hexdigest()[:16]


def base_of(content):
    """What a form's hidden field carries: a mark of each part as the form shows it."""
    return {name: digest(value) for name, value in flat(content).items()}


def read_base(text):
    """What came back of it; nothing where somebody has spoilt it."""
    try:
        base = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    return {name: mark for name, mark in base.items() if isinstance(mark, str)} if isinstance(base, dict) else {}


def merged(now, typed, base, spared=()):
    """(content, clashes, base): what stands now with what its author changed, and `{name: what stands}` for parts both have changed.

    `spared` are names of parts that are not valid as they were typed: they stay as they stand. The new base is that of a form that
    shows what was typed.
    """
    here, mine = flat(now), flat(typed)
    result, clashes, marks = dict(here), {}, dict(base)
    for name in [*mine, *(name for name in base if name not in mine)]:
        if name in spared or digest(mine.get(name)) == base.get(name, ""):
            continue
        if here.get(name) != mine.get(name) and digest(here.get(name)) != base.get(name, ""):
            clashes[name] = here.get(name)
            continue
        _put(result, name, mine.get(name))
        _put(marks, name, digest(mine.get(name)))
    return _whole(result), clashes, marks


def _put(parts, name, value):
    if value:
        parts[name] = value
    elif name in PLAIN:
        parts[name] = ""
    else:
        parts.pop(name, None)


def _whole(parts):
    """The content again; rows in the order of the parts, new ones last."""
    content = {name: parts[name] for name in PLAIN} | {kind: [] for kind in COLUMNS}
    for name, value in parts.items():
        kind, _colon, key = name.partition(":")
        if kind in COLUMNS:
            content[kind].append({"key": key, **value})
    return content
