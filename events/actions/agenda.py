"""The agenda: the host's items in their order, and what members propose for it."""

from django.db import transaction
from django.utils.translation import gettext as _

from common.errors import STALE, WrongState
from common.rows import clean_row
from common.text import clean_text
from events.enums import ItemState, State
from events.models import AgendaItem, Event
from events.telling_minutes import tell_proposal_answered, tell_proposed
from records.actions import add_attachment, audit, remove_attachment

MOST_ITEMS = 60
MOST_PROPOSALS = 30
FIELDS = ("title", "presenter", "length", "text")


def add_item(event, *, by, **values):
    """One item more, the last on the agenda. Raises `ValidationError` by field."""
    with transaction.atomic():
        locked = open_event(event)
        item = _new(locked, values)
        audit("add_item", locked, by=by, changes={"title": item.title})
    return item


def change_item(item, *, by, opened_at=None, **values):
    """Other words for one item. Raises `WrongState` where somebody has changed it since the revision `opened_at`."""
    with transaction.atomic():
        locked = open_event(item.event)
        row = _locked(item, (ItemState.PLANNED, ItemState.PROPOSED))
        row.event = locked
        if opened_at is not None and row.revision != opened_at:
            raise WrongState(_("Somebody else has changed this meanwhile."), code=STALE)
        for name in FIELDS:
            setattr(row, name, values.get(name, getattr(row, name)))
        clean_row(row, exclude=("answer",))
        row.revision += 1
        row.save()
        audit("change_item", locked, by=by, changes={"title": row.title})
    return row


def move_item(item, *, by, up):
    """One place up or down; the first stays first, and the last stays last."""
    with transaction.atomic():
        locked = open_event(item.event)
        row = _locked(item, (ItemState.PLANNED,))
        rows = list(locked.agenda.planned())
        at = next(number for number, one in enumerate(rows) if one.pk == row.pk)
        to = at - 1 if up else at + 1
        if 0 <= to < len(rows):
            rows[at], rows[to] = rows[to], rows[at]
            audit("move_item", locked, by=by, changes={"title": row.title})
        _number(rows)


def remove_item(item, *, by):
    """Off the agenda with its material, by the host; or a proposal taken back by who made it."""
    with transaction.atomic():
        locked = open_event(item.event)
        row = _locked(item, (ItemState.PLANNED, ItemState.PROPOSED))
        for attachment in row.attachments.all():
            remove_attachment(attachment, by=by)
        audit("remove_item", locked, by=by, changes={"title": row.title})
        row.delete()
        _number(list(locked.agenda.planned()))


def propose_item(event, *, by, **values):
    """A member of the host wants something on the agenda; those who plan the event are told. The same words twice are one proposal."""
    with transaction.atomic():
        locked = open_event(event)
        waiting = locked.agenda.proposed()
        if again := waiting.filter(proposed_by=by, title=clean_text(values.get("title", ""), single_line=True)).first():
            return again
        if waiting.count() >= MOST_PROPOSALS:
            raise WrongState(_("Many proposals wait for an answer already. Write to those who plan the event."), code="too_many")
        item = _new(locked, values, state=ItemState.PROPOSED, proposed_by=by)
        audit("propose_item", locked, by=by, changes={"title": item.title})
        tell_proposed(item, by=by)
    return item


def accept_item(item, *, by):
    """Proposed → planned, the last on the agenda; who proposed it is told."""
    with transaction.atomic():
        locked = open_event(item.event)
        row = _locked(item, (ItemState.PROPOSED,))
        _refuse_full(locked)
        row.state, row.position = ItemState.PLANNED, locked.agenda.planned().count()
        row.save(update_fields=["state", "position"])
        audit("accept_item", locked, by=by, changes={"title": row.title})
        tell_proposal_answered(row, by=by)
    return row


def decline_item(item, *, by, answer):
    """Proposed → declined, with an answer that whoever proposed it reads."""
    answer = clean_text(answer)[:1_000]
    if not answer:
        raise WrongState(_("Say why: whoever proposed it reads this."), code="reason_missing")
    with transaction.atomic():
        locked = open_event(item.event)
        row = _locked(item, (ItemState.PROPOSED,))
        row.state, row.answer = ItemState.DECLINED, answer
        row.save(update_fields=["state", "answer"])
        audit("decline_item", locked, by=by, note=answer, changes={"title": row.title})
        tell_proposal_answered(row, by=by)
    return row


def add_item_material(item, file, *, by, title=""):
    """A file that people read before they come; for whoever reads the agenda."""
    with transaction.atomic():
        open_event(item.event)
        return add_attachment(_locked(item, (ItemState.PLANNED, ItemState.PROPOSED)), file, by=by, title=title)


def remove_item_material(item, uuid, *, by):
    """A file is taken from an item, as long as the agenda is changed at all."""
    with transaction.atomic():
        open_event(item.event)
        attachment = _locked(item, (ItemState.PLANNED, ItemState.PROPOSED)).attachments.filter(uuid=uuid).first()
        if attachment is None:
            raise WrongState(_("This is not here any more."), code="gone")
        remove_attachment(attachment, by=by)


def name_minute_taker(event, user, *, by):
    """Who writes the minutes besides those who write for the host; `None` for nobody."""
    with transaction.atomic():
        locked = open_event(event, with_minutes=True)
        locked.minute_taker = user
        locked.save(update_fields=["minute_taker", "updated_at"])
        audit("name_minute_taker", locked, by=by)


def open_event(event, *, with_minutes=False):
    """The event's row, held; refuses what takes no place, what a closed group held, and an agenda whose minutes are begun."""
    locked = Event.objects.select_for_update(of=("self",)).select_related("group").get(pk=event.pk)
    if locked.state not in (State.DRAFT, State.PUBLISHED):
        raise WrongState(
            _("This event is “%(state)s”: nothing is changed in it now.") % {"state": locked.get_state_display()}, code="closed"
        )
    refuse_closed_group(locked)
    if not with_minutes and locked.minutes.exists():
        raise WrongState(_("The minutes are begun: what is still to be said belongs there."), code="wrong_state")
    return locked


def refuse_closed_group(event):
    if event.group_id and event.group.is_closed:
        raise WrongState(_("This group is closed. It can be read, and nothing is changed in it any more."), code="closed")


def _new(event, values, **fixed):
    _refuse_full(event)
    fixed = {"position": event.agenda.count(), **fixed}
    item = AgendaItem(event=event, **{name: values[name] for name in FIELDS if name in values}, **fixed)
    clean_row(item, exclude=("answer",))
    item.save()
    return item


def _refuse_full(event):
    if event.agenda.planned().count() >= MOST_ITEMS:
        raise WrongState(_("An agenda holds at most %(most)d items.") % {"most": MOST_ITEMS}, code="too_many")


def _locked(item, states):
    row = AgendaItem.objects.select_for_update(of=("self",)).filter(pk=item.pk).first()
    if row is None:
        raise WrongState(_("This is not here any more."), code="gone")
    if row.state not in states:
        raise WrongState(_("This is not possible now: the item is “%(state)s”.") % {"state": row.get_state_display()}, code="wrong_state")
    return row


def _number(rows):
    for position, row in enumerate(rows):
        row.position = position
    AgendaItem.objects.bulk_update(rows, ["position"])
