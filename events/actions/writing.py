"""Making and changing an event: plain data in, one transaction with its audit entry and what people are told."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from common.errors import WrongState
from common.moments import is_zone, moved
from common.rows import clean_row, clean_rows
from common.slugs import insert_with_slug
from events.actions.registering import fill
from events.enums import State, Way
from events.indexing import index_events
from events.models import AskedAtRegistration, Event, EventText
from events.telling import tell_of_change
from members.models import User
from records.actions import audit
from taxonomy.tags import clean_tags, tags_named

FIELDS = (
    "kind", "visibility", "time_zone", "starts_at", "ends_at", "municipality", "place", "directions", "latitude", "longitude", "online_url",
    "takes_registrations", "capacity", "register_until", "is_demo",
)  # fmt: skip
SETS = ("themes", "projects")
ROWS = {"texts": EventText, "questions": AskedAtRegistration}
#: What those who come must hear of, and what a calendar shows besides.
MOVES = ("time_zone", "starts_at", "ends_at", "municipality", "place", "online_url")
SHOWN = (*MOVES, "directions", "latitude", "longitude", "kind")
#: A second draft of the same title within this time is the first one again.
AGAIN = timedelta(minutes=10)


def create_event(*, by, texts, organisation=None, group=None, now=None, **data):
    """A new draft of an organisation, of a group, or of the portal; the one that the same click has made already.

    `texts`: mappings of language, title, summary, description and is_original. `data`: fields of `FIELDS`, `themes` and `projects` as
    objects, `tags` as names, `questions` as mappings. Raises `ValidationError` by field.
    """
    now = now or timezone.now()
    event = Event(organisation=organisation, group=group, created_by=by, state=State.DRAFT, state_changed_at=now)
    fields, rows, sets = _sorted_out({"texts": texts, **data})
    _set_fields(event, fields)
    made = _cleaned(event, rows)
    title = next(text for text in made["texts"] if text.is_original).title
    with transaction.atomic():
        if again := _made_already(event, title, by, now):
            return again
        insert_with_slug(event, title, noun="event")
        _write(event, made, sets)
        audit("create", event, by=by)
    return event


def _made_already(event, title, by, now):
    if by is None:
        return None
    User.objects.select_for_update(of=("self",)).get(pk=by.pk)  # two clicks in the same second follow one another
    mine = Event.objects.filter(created_by=by, organisation=event.organisation, group=event.group, state=State.DRAFT)
    same = mine.filter(created_at__gte=now - AGAIN, starts_at=event.starts_at, texts__title=title, texts__is_original=True)
    return same.order_by("pk").first()


def update_event(event, *, by, now=None, **data):
    """Change what is named in `data` (as in `create_event`); a part that is given is replaced as a whole.

    A published event that changes moves on in calendars, and whoever comes or waits is told of another time or place. More seats are
    given to those who wait, in their order; fewer seats take none from anybody. Raises `ValidationError`, `WrongState`.
    """
    now = now or timezone.now()
    fields, rows, sets = _sorted_out(data)
    with transaction.atomic():
        locked = locked_event(event)
        if locked.state == State.HIDDEN:
            raise WrongState(_("A moderator has hidden this event; it cannot be changed now."), code="wrong_state")
        if locked.state == State.CANCELLED:
            raise WrongState(_("This event is cancelled; it cannot be changed any more."), code="wrong_state")
        before = {name: getattr(locked, name) for name in fields}
        said = _said(locked)
        _set_fields(locked, fields)
        made = _cleaned(locked, rows)
        changed = {name for name in fields if before[name] != getattr(locked, name)}
        locked.revision += 1
        if locked.state == State.PUBLISHED and (changed & set(SHOWN) or ("texts" in rows and said != _said_in(made["texts"]))):
            locked.sequence += 1
        locked.save(update_fields=[*fields, "revision", "sequence", "updated_at"])
        _write(locked, made, sets)
        changes = {name: [str(before[name]), str(getattr(locked, name))] for name in sorted(changed)}
        audit("update", locked, by=by, changes=changes | dict.fromkeys((*rows, *sets), "replaced"))
        _follow_up(locked, changed, by=by, now=now)
    event.refresh_from_db()
    event._prefetched_objects_cache = {}
    return event


def _follow_up(event, changed, *, by, now):
    """What a change means for those who come: other seats, another reminder, a mail."""
    if "online_url" in changed or "place" in changed or "municipality" in changed:
        online = event.registrations.filter(way=Way.ONLINE)
        online.update(takes_seat=not event.is_hybrid)
    if "starts_at" in changed:
        event.registrations.standing().update(reminded_at=None)
    if event.state == State.PUBLISHED and event.ends_at > now:
        if changed & set(MOVES):
            tell_of_change(event)
        fill(event, by=by, now=now)


def duplicate_event(event, *, by, now=None):
    """A new draft that says the same, a week later on the clock; nobody is registered, and no file comes along."""
    fields = {name: getattr(event, name) for name in FIELDS if name not in ("is_demo", "register_until")}
    fields["starts_at"], fields["ends_at"] = _next_time(event, now or timezone.now())
    texts = [
        {"language": one.language, "is_original": one.is_original, "title": one.title, "summary": one.summary,
         "description": one.description}
        for one in event.texts.all()
    ]  # fmt: skip
    questions = [{"text": one.text, "is_required": one.is_required} for one in event.questions.all()]
    return create_event(
        by=by, texts=texts, organisation=event.organisation, group=event.group, questions=questions, themes=list(event.themes.all()),
        projects=list(event.projects.all()), tags=sorted(event.tags.names()), now=now, **fields,
    )  # fmt: skip


def _next_time(event, now):
    """(start, end) on the same weekday and at the same time on the clock, the next of these weeks that is to come."""
    weeks = max(1, (now - event.starts_at).days // 7 + 1)
    starts = moved(event.starts_at, event.zone, 7 * weeks)
    return starts, starts + (event.ends_at - event.starts_at)


def _sorted_out(data):
    data = dict(data)
    fields = {name: data.pop(name) for name in FIELDS if name in data}
    rows = {name: data.pop(name) for name in ROWS if name in data}
    sets = {name: data.pop(name) for name in (*SETS, "tags") if name in data}
    if data:
        raise TypeError(f"An event has no {', '.join(sorted(data))}")
    return fields, rows, sets


def _set_fields(event, fields):
    for name, value in fields.items():
        setattr(event, name, value)
    if not is_zone(event.time_zone):
        raise ValidationError({"time_zone": _("There is no such time zone.")})
    clean_row(event, exclude=("slug", "state_reason"))


def _cleaned(event, rows):
    made = {name: clean_rows(ROWS[name], values, event=event) for name, values in rows.items()}
    texts = made.get("texts")
    if texts is not None and sum(text.is_original for text in texts) != 1:
        raise ValidationError(_("An event has exactly one original text."))
    return made


def _said_in(texts):
    return sorted((text.language, text.title, text.summary, text.description) for text in texts)


def _said(event):
    return _said_in(event.texts.all())


def _write(event, made, sets):
    for name, rows in made.items():
        getattr(event, name).all().delete()
        ROWS[name].objects.bulk_create(rows)
    for name in SETS:
        if name in sets:
            getattr(event, name).set(sets[name])
    if "tags" in sets:
        event.tags.set(tags_named(clean_tags(sets["tags"])).values())
    index_events([event.pk])


def locked_event(event):
    """The row as it stands now, locked until the transaction ends: registrations and changes wait for one another."""
    return Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
