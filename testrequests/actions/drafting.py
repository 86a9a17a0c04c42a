"""Writing a request: begun once, kept at every step, changed as long as no lab has accepted it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from common.errors import WrongState
from common.rows import clean_row
from records.actions import audit, remove_attachment
from records.models import Attachment
from testrequests import telling
from testrequests.completeness import missing
from testrequests.enums import ASKED, CLOSED, Side, State, Turn
from testrequests.models import MOST_LABS, Application, ConfidentialPart, TestRequest
from testrequests.rules import acts_for_asking

#: What the form of a request says; everything else is written by verbs.
FIELDS = (
    "language", "title", "tested", "problem", "product", "trl", "starts_on", "ends_on", "municipality", "place", "users", "personal_data",
    "data_what", "data_basis", "data_kept", "permits", "needs", "benefit", "publishing", "results",
)  # fmt: skip


def create_request(*, by, organisation, key, labs=(), confidential="", now=None, **said):
    """Begin a request as a draft. The same `key` again returns the one that was begun. `labs`: [(lab, offer or None)].

    Raises `ValidationError` by field.
    """
    if known := TestRequest.objects.filter(key=key, created_by=by).first():
        return _begun(known, organisation, by)
    request = TestRequest(organisation=organisation, created_by=by, key=key, created_at=now or timezone.now(), **_known(said))
    clean_row(request)
    part = clean_row(ConfidentialPart(request=request, text=confidential), exclude=("request",))
    with transaction.atomic():
        if not TestRequest.objects.bulk_create([request], ignore_conflicts=True) or not _is_mine(request, by):
            raise WrongState(_("This form was sent already."), code="repeated")
        request = TestRequest.objects.select_for_update(of=("self",)).get(key=key)
        if not ConfidentialPart.objects.filter(request=request).exists():
            part.request = request
            part.save(force_insert=True)
            _choose(request, labs)
            audit("create", request, by=by)
    return request


def _begun(known, organisation, by):
    """What this form has begun, as a draft of the organisation that is named now. Whoever has left the one it was begun for is refused."""
    with transaction.atomic():
        row = TestRequest.objects.select_for_update(of=("self",)).filter(pk=known.pk).first()
        if row is None or not acts_for_asking(by, row):
            raise WrongState(_("This form was sent already."), code="repeated")
        if row.is_draft and row.organisation_id != organisation.pk:
            row.organisation = organisation
            row.save(update_fields=["organisation", "updated_at"])
            row.applications.update(organisation=organisation)
    return row


def _is_mine(request, by):
    """Of two sent at once the second finds the first; somebody else's key is nobody's business."""
    return TestRequest.objects.filter(key=request.key, created_by=by).exists()


def _known(said):
    if unknown := said.keys() - set(FIELDS):
        raise TypeError(f"A test request has no {', '.join(sorted(unknown))}")
    return said


def edit_request(request, *, by, base=None, labs=None, confidential=None, now=None, **said):
    """Say something else. `base` is the revision the form was opened at; `labs`, while it is a draft, what is to be asked.

    A request that was sent stays complete, and the labs that have not closed it are told. Raises `ValidationError` by field and
    `WrongState`: code "stale" where somebody else has changed it since, "wrong_state" once a lab has accepted it.
    """
    with transaction.atomic():
        row = _locked(request)
        if base is not None and base != row.revision:
            raise WrongState(_("Somebody else has changed this request meanwhile."), code="stale")
        before = _content(row)
        for name, value in _known(said).items():
            setattr(row, name, value)
        clean_row(row, exclude=("key",))
        if not row.is_draft and (gaps := missing(row)):
            raise ValidationError(gaps)
        is_changed = _content(row) != before
        is_changed |= confidential is not None and _write_confidential(row, confidential)
        is_changed |= labs is not None and row.is_draft and _choose(row, labs)
        if is_changed:
            row.revision += 1
            row.save()
            if not row.is_draft:
                _tell_of_change(row, by=by, now=now or timezone.now())
    return row


def _locked(request):
    """The request as it is now, with its applications held. Raises `WrongState` where nothing can be changed in it."""
    row = TestRequest.objects.select_for_update(of=("self",)).select_related("organisation").filter(pk=request.pk).first()
    if row is None:
        raise WrongState(_("This request is not here any more."), code="gone")
    states = set(row.applications.select_for_update(of=("self",)).order_by("pk").values_list("state", flat=True))
    if not row.is_draft and not may_change(states):
        message = _("A lab has accepted this request, or all have closed it: what it says stays. Write a message, or propose other terms.")
        raise WrongState(message, code="wrong_state")
    return row


def may_change(states):
    """Whether what is asked can still be changed, by the states of its applications."""
    return State.DRAFT in states or (not states - {*ASKED, *CLOSED} and bool(states & {*ASKED}))


def _content(row):
    return {name: getattr(row, f"{name}_id" if name == "municipality" else name) for name in FIELDS}


def _write_confidential(row, text):
    part = ConfidentialPart.objects.select_for_update().get(request=row)
    before, part.text = part.text, text
    if clean_row(part, exclude=("request",)).text == before:
        return False
    part.save(update_fields=["text"])
    return True


def _choose(row, labs):
    """Ask these labs and no others, while it is a draft; returns whether that was a change."""
    wanted = {lab.pk: (lab, offer) for lab, offer in labs}
    if len(wanted) > MOST_LABS:
        raise ValidationError({"labs": _("Ask at most %(most)d labs at once.") % {"most": MOST_LABS}}, code="too_many")
    kept = {one.lab_id: one for one in row.applications.all()}
    before = {(lab, one.offer_id) for lab, one in kept.items()}
    row.applications.exclude(lab__in=wanted).delete()
    for pk, (lab, offer) in wanted.items():
        one = kept.get(pk) or Application(request=row, organisation_id=row.organisation_id, lab=lab, turn=Turn.COMPANY)
        one.offer = offer
        one.save()
    return before != {(pk, offer and offer.pk) for pk, (_lab, offer) in wanted.items()}


def _tell_of_change(row, *, by, now):
    audit("update", row, by=by)
    for one in row.applications.filter(state__in=ASKED).select_related("lab__organisation", "organisation", "request"):
        one.request = row
        telling.tell("changed", one, by=by, to=[Side.LAB])
        Application.objects.filter(pk=one.pk).update(last_activity_at=now)


def delete_draft(request, *, by):
    """A draft that no lab has seen is gone for good, with its files. Raises `WrongState` once it is sent."""
    with transaction.atomic():
        row = _locked(request)
        if not row.is_draft:
            raise WrongState(_("This request is sent. Withdraw it from the labs instead."), code="wrong_state")
        for noun in (row, row.confidential):
            for file in Attachment.objects.about(noun):
                remove_attachment(file, by=by)
        audit("delete", row, by=by, changes={"title": row.title})
        row.delete()
