"""Making and changing a lab: plain data in, one transaction with its audit entry."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from common.errors import WrongState, changed_meanwhile
from common.publishing import State
from common.rows import clean_row
from common.slugs import insert_with_slug
from livinglabs.actions.locking import locked_lab, refuse_hidden
from livinglabs.indexing import index_labs
from livinglabs.models import LivingLab
from livinglabs.parts import LAB_WORDS, ROWS, clean_parts, write_parts
from livinglabs.telling import ask_partners
from organisations.models import Membership
from records.actions import audit
from taxonomy.tags import clean_tags, tags_named

FIELDS = (
    "website", "contact_name", "contact_email", "since", "answer_days", "languages", "time_zone", "visibility", "is_demo", "source_key",
)  # fmt: skip
SETS = ("themes", "projects")
#: A second draft of the same name within this time is the first one again.
AGAIN = timedelta(minutes=10)
NOUN = "lab"


def create_lab(organisation, *, by, texts, now=None, **data):
    """A new draft of `organisation`, the host, made by the member `by`.

    `texts`: mappings of language, name, summary, special, story, legal, ethics, is_original; the first is the original unless one says
    so. `data`: fields of `FIELDS`; `themes` and `projects` as objects; `tags` as names; `sites`, `partners`, `team`, `elements` and
    `equipment` as lists of mappings of their model's fields. Raises `ValidationError` by field and part.
    """
    fields, parts, sets = _sorted_out(data)
    lab = LivingLab(organisation=organisation, created_by=by, state=State.DRAFT, state_changed_at=now or timezone.now(), **fields)
    clean_row(lab, exclude=("slug", "state_reason", "facet_terms"))
    rows = clean_parts(lab, parts)
    words = LAB_WORDS.clean({}, texts)
    with transaction.atomic():
        insert_with_slug(lab, next(text for text in words.values() if text.is_original).name, noun=NOUN)
        _write(lab, words, rows, sets)
        audit("create", lab, by=by)
    return lab


def start_lab(organisation, *, by, texts, now=None, **data):
    """`create_lab` from the form: one draft however often its button is pressed. Raises `WrongState` for who has left meanwhile."""
    with transaction.atomic():
        if not Membership.objects.select_for_update().filter(user=by, organisation=organisation).exists():
            raise WrongState(_("You do not belong to this organisation any more."), code="wrong_state")
        mine = LivingLab.objects.filter(created_by=by, organisation=organisation, state=State.DRAFT, texts__name=texts[0]["name"])
        again = mine.filter(created_at__gte=(now or timezone.now()) - AGAIN).first()
        return again or create_lab(organisation, by=by, texts=texts, now=now, **data)


def update_lab(lab, *, by, texts=(), language="", opened_at=None, **data):
    """Change what is named in `data` (as in `create_lab`); a part that is given is replaced as a whole, a text by what its mapping names.

    `opened_at` is the revision that the form was opened at: where somebody else has saved since, nothing is written. Raises
    `ValidationError`, `WrongState`.
    """
    fields, parts, sets = _sorted_out(data)
    with transaction.atomic():
        locked = locked_lab(lab)
        refuse_hidden(locked)
        if locked.is_readable and not lab.is_readable:  # whoever may write a draft may not write what is out
            raise WrongState(_("This has changed meanwhile. Look at it once more."), code="wrong_state")
        if opened_at is not None and opened_at != locked.revision:
            raise changed_meanwhile()
        before = {name: getattr(locked, name) for name in fields}
        for name, value in fields.items():
            setattr(locked, name, value)
        clean_row(locked, exclude=("slug", "state_reason", "facet_terms"))
        rows = clean_parts(locked, parts)
        words = LAB_WORDS.clean(LAB_WORDS.present(locked), texts, language) if texts or language else None
        locked.revision += 1
        locked.save(update_fields=[*fields, "revision", "updated_at"])
        _write(locked, words, rows, sets)
        if "partners" in rows and locked.state == State.PUBLISHED:
            ask_partners(locked, by=by)
        changes = {name: [str(before[name]), str(getattr(locked, name))] for name in fields if before[name] != getattr(locked, name)}
        replaced = [*rows, *sets, *(["texts"] if words else [])]
        audit("update", locked, by=by, changes=changes | dict.fromkeys(replaced, "replaced"))
    lab.refresh_from_db()
    lab._prefetched_objects_cache = {}
    return lab


def _sorted_out(data):
    fields = {name: data.pop(name) for name in FIELDS if name in data}
    parts = {name: data.pop(name) for name in ROWS if name in data}
    sets = {name: data.pop(name) for name in (*SETS, "tags") if name in data}
    if data:
        raise TypeError(f"A living lab has no {', '.join(sorted(data))}")
    return fields, parts, sets


def _write(lab, words, rows, sets):
    if words is not None:
        LAB_WORDS.write(lab, words)
    write_parts(lab, rows)
    for name in SETS:
        if name in sets:
            getattr(lab, name).set(sets[name])
    if "tags" in sets:
        lab.tags.set(tags_named(clean_tags(sets["tags"])).values())
    lab._prefetched_objects_cache = {}
    index_labs([lab.pk])
