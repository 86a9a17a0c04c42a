"""Making, changing and publishing what a lab offers: draft → published → archived, and back to draft; hidden by a moderator."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from common.errors import WrongState, changed_meanwhile
from common.publishing import READABLE, State
from common.rows import clean_row
from common.slugs import slug_base
from common.text import clean_text
from livinglabs.actions.locking import locked_lab, locked_offer, refuse_hidden
from livinglabs.claims import capacity_refusals, react, refusals
from livinglabs.completeness import missing_in_offer
from livinglabs.indexing import index_labs
from livinglabs.models import Offer
from livinglabs.parts import OFFER_WORDS
from livinglabs.telling import tell_of_offer
from records.actions import audit

FIELDS = (
    "kind", "open_to", "trl_from", "trl_to", "shortest_days", "longest_days", "price_model", "price", "currency", "price_unit",
    "capacity", "lead_days", "most_people", "is_demo",
)  # fmt: skip
NOUN = "offer"
MOST_OFFERS = 200
#: From which states each verb leads on, and where to.
OFFER_STEPS = {
    "publish": ((State.DRAFT, State.HIDDEN), State.PUBLISHED),
    "archive": ((State.PUBLISHED,), State.ARCHIVED),
    "reopen": ((State.ARCHIVED,), State.DRAFT),
    "hide": ((State.PUBLISHED, State.ARCHIVED), State.HIDDEN),
}


def create_offer(lab, *, by, texts, themes=(), now=None, **fields):
    """A new draft in `lab`. `texts`: mappings of language, title, summary, description, permits, data_rights, insurance.

    The same title by the same member in a lab whose draft it is already is that draft: a button may be pressed twice. Raises
    `ValidationError` by field, `WrongState`.
    """
    offer = Offer(lab=lab, created_by=by, state=State.DRAFT, state_changed_at=now or timezone.now(), **_known(fields))
    _clean(offer)
    words = OFFER_WORDS.clean({}, texts)
    title = next(text for text in words.values() if text.is_original).title
    with transaction.atomic():
        locked = locked_lab(lab)  # addresses and places in the row are given under its lock
        refuse_hidden(locked)
        again = locked.offers.filter(created_by=by, state=State.DRAFT, texts__title=title).first() if by else None
        if again:
            return again
        if locked.offers.count() >= MOST_OFFERS:
            raise WrongState(_("A living lab has %(most)d offers at most.") % {"most": MOST_OFFERS}, code="too_many")
        offer.slug = _free_slug(locked, title)
        offer.position = (locked.offers.aggregate(last=Max("position"))["last"] or 0) + 1
        offer.save(force_insert=True)
        _write(offer, words, themes)
        audit("create", offer, by=by)
    return offer


def update_offer(offer, *, by, texts=(), language="", themes=None, opened_at=None, **fields):
    """Change what is named; a text by what its mapping names. A capacity below what is agreed is refused with what stands against it.

    `opened_at` is the revision that the form was opened at. Raises `ValidationError` by field, `WrongState`.
    """
    with transaction.atomic():
        locked_lab(offer.lab)  # what filters and search know of the lab is written below: the lab first, then its offers
        locked = locked_offer(offer)
        refuse_hidden(locked)
        if locked.state in READABLE and offer.state not in READABLE:
            raise WrongState(_("This has changed meanwhile. Look at it once more."), code="wrong_state")
        if opened_at is not None and opened_at != locked.revision:
            raise changed_meanwhile()
        before = {name: getattr(locked, name) for name in _known(fields)}
        for name, value in fields.items():
            setattr(locked, name, value)
        _clean(locked)
        if "capacity" in before and locked.capacity < before["capacity"]:
            _refuse_fewer(locked)
        words = OFFER_WORDS.clean(OFFER_WORDS.present(locked), texts, language) if texts or language else None
        locked.revision += 1
        locked.save(update_fields=[*before, "revision", "updated_at"])
        _write(locked, words, themes)
        changes = {name: [str(before[name]), str(getattr(locked, name))] for name in before if before[name] != getattr(locked, name)}
        audit("update", locked, by=by, changes=changes | dict.fromkeys(["texts"] if words else [], "replaced"))
    offer.refresh_from_db()
    offer._prefetched_objects_cache = {}
    return offer


def publish_offer(offer, *, by, now=None, silent=False):
    """Draft or hidden → published: it can be asked for as soon as its lab is published."""
    return _take("publish", offer, by=by, now=now, silent=silent)


def archive_offer(offer, *, by, reason="", now=None):
    """Published → archived: it keeps its address and is not asked for any more. Refused while something promised hangs on it."""
    return _take("archive", offer, by=by, now=now, reason=reason)


def reopen_offer(offer, *, by, now=None):
    """Archived → draft."""
    return _take("reopen", offer, by=by, now=now)


def hide_offer(offer, *, by, reason, now=None):
    """Published or archived → hidden, by a moderator, with a reason."""
    if not reason.strip():
        raise WrongState(_("Say why it is hidden: the organisation reads it."), code="reason_missing")
    return _take("hide", offer, by=by, now=now, reason=reason)


def _known(fields):
    unknown = set(fields) - set(FIELDS)
    if unknown:
        raise TypeError(f"An offer has no {', '.join(sorted(unknown))}")
    return fields


def _clean(offer):
    """A price stands only where the price model has one."""
    if offer.price_model != "fixed":
        offer.price, offer.currency = None, ""
    clean_row(offer, exclude=("slug", "state_reason"))


def _refuse_fewer(offer):
    sentences = capacity_refusals(offer, offer.capacity)
    if sentences:
        raise ValidationError({"capacity": sentences})


def _free_slug(lab, title):
    base = slug_base(title, NOUN) or NOUN
    taken = set(lab.offers.values_list("slug", flat=True))
    return next(slug for slug in (base, *(f"{base}-{number}" for number in range(2, MOST_OFFERS + 3))) if slug not in taken)


def _write(offer, words, themes):
    if words is not None:
        OFFER_WORDS.write(offer, words)
    if themes is not None:
        offer.themes.set(themes)
    offer._prefetched_objects_cache = {}
    index_labs([offer.lab_id])


def _take(verb, offer, *, by, now, reason="", silent=False):
    sources, target = OFFER_STEPS[verb]
    now, reason = now or timezone.now(), clean_text(reason)
    with transaction.atomic():
        locked_lab(offer.lab)
        locked = locked_offer(offer)
        if locked.state not in sources or (locked.state == State.HIDDEN and offer.state != State.HIDDEN):
            message = _("This is not possible now: the offer is “%(state)s”.")
            raise WrongState(message % {"state": locked.get_state_display()}, code="wrong_state")
        _refuse(verb, locked)
        is_new = verb == "publish" and not locked.published_at
        locked.state, locked.state_reason, locked.state_changed_at = target, reason, now
        if is_new:
            locked.published_at = now
        locked.save(update_fields=["state", "state_reason", "state_changed_at", "published_at", "updated_at"])
        index_labs([locked.lab_id])
        audit(verb, locked, by=by, note=reason)
        react(locked, verb, by=by, now=now)
        if not silent:
            tell_of_offer(verb, locked, by=by, reason=reason, is_new=is_new)
    for name in ("state", "state_reason", "state_changed_at", "published_at", "updated_at"):
        setattr(offer, name, getattr(locked, name))
    return offer


def _refuse(verb, offer):
    if verb == "publish":
        gaps = [one.sentence for one in missing_in_offer(offer)]
        if gaps:
            raise WrongState(_("Still missing: %(gaps)s.") % {"gaps": "; ".join(gaps)}, code="incomplete")
    if verb == "archive" and (sentences := refusals(offer)):
        raise WrongState(" ".join(sentences), code="promised")
