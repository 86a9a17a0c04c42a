"""What can be done with a question. Each locks its row, checks the state and writes; who is told is known above.

A visitor's question begins unconfirmed: a mail carries a token, of which only the hash is kept here.
"""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from common.errors import WrongState
from common.rows import clean_row
from common.text import clean_text
from conversations.enums import QuestionState
from conversations.models import Question

#: As long as a confirmation is waited for; then the question is forgotten.
CONFIRM_WITHIN = timedelta(days=7)


def ask(target, *, text, language, by=None, name="", email="", now=None):
    """`(question, token)`: a member's question waits at once and has no token; a visitor's is confirmed with it.

    Raises `ValidationError` by field.
    """
    now, token = now or timezone.now(), "" if by else secrets.token_urlsafe(32)
    question = Question(
        target=target, asked_by=by, name=name, email=email.strip().lower(), text=text, language=language, created_at=now,
        state=QuestionState.WAITING if by else QuestionState.UNCONFIRMED,
        waiting_since=now if by else None, token_hash=hash_of(token) if token else "",
    )  # fmt: skip
    clean_row(question, exclude=("state", "token_hash", "answer"))
    question.save(force_insert=True)
    return question, token


def hash_of(token):
    return hashlib.sha256(token.encode()).hexdigest()


def revision_of(question):
    """Which answer stands there; "" for none."""
    return hash_of(question.answer) if question.answer else ""


def unconfirmed(token, *, now=None):
    """The question that this token confirms; None when there is none, or when it was confirmed or is too old."""
    since = (now or timezone.now()) - CONFIRM_WITHIN
    found = Question.objects.filter(token_hash=hash_of(token), state=QuestionState.UNCONFIRMED, created_at__gt=since)
    return found.first()


def confirm(token, *, now=None):
    """The visitor has shown that the address is hers: the question waits for approval. Returns it; the token works once."""
    now = now or timezone.now()
    with transaction.atomic():
        found = unconfirmed(token, now=now)
        question = _locked(found) if found else None
        if not question or question.state != QuestionState.UNCONFIRMED:
            raise WrongState(_("This link has been used, or it is older than a week. Ask again."), code="wrong_state")
        return _write(question, state=QuestionState.WAITING, waiting_since=now, token_hash="")


def approve(question, *, by, now=None):
    """A moderator lets a waiting question stand on the page; it can be answered from now on."""
    with transaction.atomic():
        locked = _locked(question)
        _require(locked, QuestionState.WAITING)
        return _write(locked, state=QuestionState.PUBLISHED, decided_by=by, decided_at=now or timezone.now())


def refuse(question, *, by, reason, now=None):
    """A moderator keeps a waiting question from the page, with the reason the asker reads. The visitor's address is erased."""
    reason = _reason(reason)
    with transaction.atomic():
        locked = _locked(question)
        _require(locked, QuestionState.WAITING)
        return _write(locked, state=QuestionState.REFUSED, decided_by=by, decided_at=now or timezone.now(), reason=reason, email="")


def hide(question, *, by, reason, now=None):
    """A moderator takes a published question from the page, with its answer."""
    reason = _reason(reason)
    with transaction.atomic():
        locked = _locked(question)
        _require(locked, QuestionState.PUBLISHED)
        return _write(locked, state=QuestionState.HIDDEN, decided_by=by, decided_at=now or timezone.now(), reason=reason, email="")


def answer(question, *, by, text, language, revision="", now=None):
    """Answer a question that waits or is published, or mend the answer: it stands on the page with its answer from now on.

    `revision` is `hash_of` the answer its writer saw, "" for none: whoever answers at the same time does not write over the other unseen.
    Raises `ValidationError` by field, `WrongState`.
    """
    now = now or timezone.now()
    with transaction.atomic():
        locked = _locked(question)
        _require(locked, QuestionState.WAITING, QuestionState.PUBLISHED)
        if revision != revision_of(locked):
            raise WrongState(_("Somebody else has answered meanwhile. Look at that answer before you change it."), code="stale")
        locked.answer, locked.answer_language = text, language
        clean_row(locked, exclude=("state", "token_hash", "email", "name"))
        is_first = locked.answered_at is None
        changed = {"state": QuestionState.PUBLISHED, "answer": locked.answer, "answer_language": language, "answered_by": by,
                   "answered_at": now}  # fmt: skip
        _write(locked, **changed)
    return locked, is_first


def forget_address(question):
    """The visitor has been told: the address is needed no longer."""
    Question.objects.filter(pk=question.pk).update(email="")


def forget_unconfirmed(*, now=None):
    """Forget the questions whose address nobody confirmed in time. Returns how many."""
    until = (now or timezone.now()) - CONFIRM_WITHIN
    return Question.objects.filter(state=QuestionState.UNCONFIRMED, created_at__lte=until).delete()[0]


def _locked(question):
    return Question.objects.select_for_update(of=("self",)).get(pk=question.pk)


def _require(question, *states):
    if question.state not in states:
        raise WrongState(_("This question is now “%(state)s”.") % {"state": question.get_state_display()}, code="wrong_state")


def _reason(reason):
    reason = clean_text(reason)
    if not reason:
        raise WrongState(_("Say why: the person who asked reads it."), code="reason_missing")
    return reason


def _write(question, **changed):
    for name, value in changed.items():
        setattr(question, name, value)
    question.save(update_fields=list(changed))
    return question
