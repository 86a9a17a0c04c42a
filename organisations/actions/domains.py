"""Mail domains of an organisation. Whoever has an address in one joins at once, so only moderators give them."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from common.errors import WrongState
from common.rows import clean_row
from notifications.actions import notify
from organisations import telling
from organisations.actions.locking import locked, locked_row
from organisations.domains import clean_domain
from organisations.enums import Asked
from organisations.indexing import index_organisations
from organisations.models import Domain, DomainRequest
from records.actions import audit


def ask_for_domain(organisation, name, *, by, note=""):
    """An owner asks for a domain. Asking twice keeps the first. Raises `ValidationError` by field."""
    name = _cleaned(name)
    with transaction.atomic():
        row = locked(organisation)
        _refuse_taken(name)
        if waiting := row.domain_requests.filter(name=name, state=Asked.WAITING).first():
            return waiting
        request = clean_row(DomainRequest(organisation=row, name=name, note=note, by=by))
        request.save(force_insert=True)
        audit("ask_for_domain", row, by=by, note=request.note, changes={"domain": name})
        notify("organisation.domain_asked", row, by=by, to=telling.all_moderators(), context={"domain": name}, note=request.note)
    return request


def answer_domain_request(request, *, by, accept, answer="", now=None):
    """A moderator gives the domain, or does not and says why. Raises `WrongState` where it is answered, `ValidationError` where taken."""
    with transaction.atomic():
        organisation = locked(request.organisation)
        row = locked_row(request)
        if row.state != Asked.WAITING:
            message = _("This request is answered already; it is now “%(state)s”.")
            raise WrongState(message % {"state": row.get_state_display()}, code="wrong_state")
        row.state = Asked.ACCEPTED if accept else Asked.DECLINED
        row.answer, row.answered_by, row.answered_at = answer, by, now or timezone.now()
        clean_row(row).save(update_fields=["state", "answer", "answered_by", "answered_at"])
        if accept:
            add_domain(organisation, row.name, by=by)
        else:
            audit("decline_domain", organisation, by=by, note=row.answer, changes={"domain": row.name})
        kind = "organisation.domain_given" if accept else "organisation.domain_declined"
        notify(kind, organisation, by=by, to=[(row.by_id, "owner")], context={"domain": row.name}, note=row.answer)
    return row


def add_domain(organisation, name, *, by):
    """Give the organisation a domain; twice is the same as once. Raises `ValidationError` by field."""
    name = _cleaned(name)
    with transaction.atomic():
        row = locked(organisation)
        if row.domains.filter(name__iexact=name).exists():
            return row
        _refuse_taken(name)
        try:
            with transaction.atomic():
                Domain.objects.create(organisation=row, name=name)
        except IntegrityError:  # another organisation was given it in this moment
            _refuse_taken(name)
            raise
        index_organisations([row.pk])
        audit("add_domain", row, by=by, changes={"domain": name})
    return row


def remove_domain(domain, *, by):
    """Take a domain away; those who joined by it stay. Twice is the same as once."""
    with transaction.atomic():
        row = locked(domain.organisation)
        gone, _rows = row.domains.filter(pk=domain.pk).delete()
        if gone:
            index_organisations([row.pk])
            audit("remove_domain", row, by=by, changes={"domain": domain.name})
    return row


def _cleaned(name):
    try:
        return clean_domain(name)
    except ValidationError as refusal:
        raise ValidationError({"name": refusal.error_list}) from refusal


def _refuse_taken(name):
    taken = Domain.objects.filter(name__iexact=name).select_related("organisation").first()
    if taken:
        message = _("%(domain)s belongs to %(name)s already.")
        raise ValidationError({"name": message % {"domain": name, "name": taken.organisation}})
