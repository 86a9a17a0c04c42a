"""What can be done with an organisation. Doors check permission; these check the state and write in one transaction."""

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from common.errors import WrongState, changed_meanwhile
from common.rows import clean_row, clean_rows
from common.slugs import insert_with_slug
from common.staleness import mark_stale
from notifications.actions import notify
from organisations import telling
from organisations.actions.locking import locked
from organisations.indexing import index_organisations
from organisations.models import Domain, Organisation, OrganisationText
from records.actions import add_attachment, audit, remove_attachment
from records.models import Attachment, AttachmentKind

FIELDS = (
    "name", "type", "country", "municipality", "parent", "registration_number", "website", "is_demo", "source", "source_key",
)  # fmt: skip


def create_organisation(*, by, name, type, verified=False, texts=(), domains=(), now=None, **fields):
    """A new organisation; a proposal until a moderator verifies it, unless `verified` (import, demo, administrators).

    `texts`: mappings of language, name, description, is_original. `domains`: names such as "koege.dk". `fields`: the rest
    of `FIELDS`. Raises `ValidationError` by field.
    """
    organisation = Organisation(verified_by=by if verified else None, verified_at=(now or timezone.now()) if verified else None)
    _set_fields(organisation, {"name": name, "type": type, **fields})
    with transaction.atomic():
        insert_with_slug(organisation, organisation.name, noun="organisation")
        _write_texts(organisation, texts)
        _write_domains(organisation, domains)
        index_organisations([organisation.pk])
        audit("create", organisation, by=by)
    return organisation


def update_organisation(organisation, *, by, texts=None, domains=None, revision=None, **fields):
    """Change what is named; texts and domains that are given are replaced as a whole. The address stays as it is.

    A new name marks the search words of what stands above as stale. Raises `ValidationError` by field, and `WrongState` where it
    was changed since `revision`.
    """
    with transaction.atomic():
        row = locked(organisation)
        if revision not in (None, row.revision):
            raise changed_meanwhile()
        row.revision += 1
        before = {name: getattr(row, name) for name in fields}
        _set_fields(row, fields)
        row.save(update_fields=[*fields, "revision", "updated_at"])
        if texts is not None:
            _write_texts(row, texts)
        if domains is not None:
            _write_domains(row, domains)
        changes = {name: [str(before[name]), str(getattr(row, name))] for name in fields if before[name] != getattr(row, name)}
        if "name" in changes or texts is not None:
            mark_stale(row)
        index_organisations([row.pk])
        audit("update", row, by=by, changes=changes)
    organisation.refresh_from_db()
    organisation._prefetched_objects_cache = {}
    return organisation


def verify(organisation, *, by, now=None):
    """A moderator vouches for a proposed organisation: everybody sees it, and its members hear of it.

    Raises `WrongState` when it is verified already.
    """
    with transaction.atomic():
        row = locked(organisation)
        if row.verified_at:
            raise WrongState(_("This organisation is verified already."), code="wrong_state")
        row.verified_at, row.verified_by = now or timezone.now(), by
        row.declined_at, row.declined_reason = None, ""
        row.save(update_fields=["verified_at", "verified_by", "declined_at", "declined_reason", "updated_at"])
        audit("verify", row, by=by)
        notify("organisation.verified", row, by=by, to=telling.members(row))
    organisation.verified_at, organisation.verified_by = row.verified_at, row.verified_by
    return organisation


def set_logo(organisation, file, *, by):
    """Show `file` as the logo instead of the one before. Raises `ValidationError` for what is no picture."""
    with transaction.atomic():
        row = locked(organisation)
        before = list(logos(row))
        logo = add_attachment(row, file, by=by, kind=AttachmentKind.LOGO, alt=row.name)
        for one in before:
            remove_attachment(one, by=by)
    return logo


def remove_logo(organisation, *, by):
    """Show no logo; twice is the same as once."""
    with transaction.atomic():
        for logo in logos(locked(organisation)):
            remove_attachment(logo, by=by)


def logos(organisation):
    """The pictures an organisation shows as its logo: one, or none."""
    kind = ContentType.objects.get_for_model(Organisation)
    return Attachment.objects.filter(target_type=kind, target_id=organisation.pk, kind=AttachmentKind.LOGO)


def _set_fields(organisation, fields):
    if unknown := set(fields) - set(FIELDS):
        raise TypeError(f"An organisation has no {', '.join(sorted(unknown))}")
    for name, value in fields.items():
        setattr(organisation, name, value)
    clean_row(organisation, exclude=("slug",))


def _write_texts(organisation, texts):
    rows = clean_rows(OrganisationText, texts, organisation=organisation)
    if len({row.language for row in rows}) < len(rows):
        raise ValidationError({"texts": _("There are two texts in one language.")})
    if rows and not any(row.is_original for row in rows):
        rows[0].is_original = True
    organisation.texts.all().delete()
    OrganisationText.objects.bulk_create(rows)


def _write_domains(organisation, domains):
    names = list(dict.fromkeys(name.strip().lower() for name in domains))
    taken = Domain.objects.filter(name__in=names).exclude(organisation=organisation)
    if taken:
        message = _("These domains belong to another organisation: %(domains)s")
        raise ValidationError({"domains": message % {"domains": ", ".join(domain.name for domain in taken)}})
    organisation.domains.all().delete()
    Domain.objects.bulk_create(Domain(organisation=organisation, name=name) for name in names)
