"""Two organisations that are one: what stands on the first moves to the second, whoever built it.

This module names no noun above: it walks the relations that Django knows. A row that may stand only once with the second (a
membership, a follow) is left out, after the better of the two was kept.
"""

from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from common.errors import WrongState
from common.staleness import mark_stale
from notifications.actions import notify
from organisations import telling
from organisations.enums import RANK, Asked
from organisations.indexing import index_organisations
from organisations.models import FormerSlug, Membership, Organisation
from records.actions import audit, remove_attachment
from records.models import Attachment, AttachmentKind, AuditEntry

#: What was done stays recorded about what it was done with.
STAYS = (AuditEntry,)


def merge(organisation, into, *, by):
    """Move everything of `organisation` to `into`, keep its address as one that leads on, and remove it.

    Twice is the same as once, also at once. The texts, names and logo of `into` stay. Raises `WrongState` for one and the same.
    """
    if organisation.pk == into.pk:
        raise WrongState(_("Choose another organisation: one cannot be merged with itself."), code="same")
    with transaction.atomic():
        rows = {row.pk: row for row in _both(organisation, into)}
        if into.pk not in rows:
            raise WrongState(_("This organisation was merged into another one meanwhile."), code="gone")
        old, new = rows.get(organisation.pk), rows[into.pk]
        if old is None:
            return new
        people = telling.members(old) + telling.members(new)
        _keep_higher_roles(old, new)
        _keep_logo(old, new, by)
        _end_family(old, new)
        moved = _move_relations(old, new) | _move_generic(old, new)
        FormerSlug.objects.update_or_create(slug=old.slug, defaults={"organisation": new, "name": old.name})
        new.join_requests.waiting().filter(user__in=new.memberships.values("user")).update(state=Asked.WITHDRAWN)
        old_pk, old_name = old.pk, old.name
        old.delete()
        mark_stale(new)
        index_organisations([new.pk])
        audit("merge", new, by=by, changes={"organisation": old_pk, "name": old_name, "slug": old.slug, "moved": moved})
        notify("organisation.merged", new, by=by, to=people, context={"other": old_name})
    return new


def _both(*organisations):
    """Locked in the order of their keys, so that two merges the other way round wait instead of stopping each other."""
    keys = [one.pk for one in organisations]
    return Organisation.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")


def _keep_higher_roles(old, new):
    staying = {row.user_id: row for row in new.memberships.all()}
    raised = []
    for row in old.memberships.all():
        kept = staying.get(row.user_id)
        if kept and RANK[row.role] > RANK[kept.role]:
            kept.role = row.role
            raised.append(kept)
    Membership.objects.bulk_update(raised, ["role"])
    mains = old.memberships.filter(is_main=True, user__in=staying).values_list("user_id", flat=True)
    for user_id in list(mains):  # only one membership is the main one, so the old one goes first
        old.memberships.filter(user=user_id).delete()
        new.memberships.filter(user=user_id).update(is_main=True)


def _keep_logo(old, new, by):
    logos = Attachment.objects.filter(target_type=ContentType.objects.get_for_model(Organisation), kind=AttachmentKind.LOGO)
    if logos.filter(target_id=new.pk).exists():
        for logo in logos.filter(target_id=old.pk):
            remove_attachment(logo, by=by)


def _end_family(old, new):
    """An organisation is not a part of itself, and has one original text: its own, unless nobody has written any."""
    if new.parent_id == old.pk:
        new.parent_id = old.parent_id if old.parent_id != new.pk else None
        new.save(update_fields=["parent"])
    if new.texts.exclude(description="").exists():
        old.texts.update(is_original=False)
    else:
        new.texts.all().delete()


def _move_relations(old, new):
    """`{name of the model: rows}` moved along every foreign key to organisations, those of many-to-many tables among them."""
    moved = {}
    for relation in Organisation._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one):
            model, name = relation.related_model, relation.field.name
            rows = model._base_manager.filter(**{name: old.pk})
            moved[model._meta.label_lower] = moved.get(model._meta.label_lower, 0) + _move(rows, {name: new.pk})
    return {name: number for name, number in moved.items() if number}


def _move_generic(old, new):
    """The same for rows that hold their noun by type and key."""
    kind, moved = ContentType.objects.get_for_model(Organisation), {}
    for model in apps.get_models():
        if model in STAYS or model._meta.proxy:
            continue
        for field in (one for one in model._meta.private_fields if isinstance(one, GenericForeignKey)):
            rows = model._base_manager.filter(**{field.ct_field: kind, field.fk_field: old.pk})
            moved[model._meta.label_lower] = _move(rows, {field.fk_field: new.pk})
    return {name: number for name, number in moved.items() if number}


def _move(rows, target):
    """Point the rows to `target`: together where that is possible, else one by one, and drop what stands there already."""
    keys = list(rows.values_list("pk", flat=True))
    rows = rows.model._base_manager.filter(pk__in=keys)
    if not keys or _tried(rows, target):
        return len(keys)
    return sum(_tried(rows.filter(pk=pk), target) or _dropped(rows, pk) for pk in keys)


def _tried(rows, target):
    try:
        with transaction.atomic():
            rows.update(**target)
    except IntegrityError:
        return False
    return True


def _dropped(rows, pk):
    rows.filter(pk=pk).delete()
    return 0
