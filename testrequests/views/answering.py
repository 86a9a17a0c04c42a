"""What either side says and decides: one verb one address, POST only."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from common.errors import WrongState
from common.verbs import attempt
from testrequests import actions, verbs
from testrequests.forms import MessageForm, TermsForm
from testrequests.page import ApplicationPage
from testrequests.views.doors import application_door, member

LONGEST = 2_000


@require_POST
@member
@application_door
def carry_out(request, row, verb):
    """A refusal of the verb is a message: what another has decided in the meantime stands."""
    attempt(request, verbs.VERBS[verb].done, verbs.carry_out, verb, row, note=request.POST.get("note", "")[:LONGEST])
    return redirect(row)


@require_POST
@member
@application_door(verb="write")
def write(request, row):
    return _said(request, row, actions.write, _("Your message is sent."))


@require_POST
@member
@application_door(verb="ask_back")
def ask_back(request, row):
    return _said(request, row, actions.ask_back, _("Your question is sent. Who asked is told, and answers."))


def _said(request, row, verb, done):
    """A message once, however often its form arrives; what cannot be sent stays in the form."""
    form = MessageForm(request.POST)
    if form.is_valid():
        try:
            verb(row, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, " ".join(refusal.messages))
        else:
            messages.success(request, done)
            return redirect(f"{row.get_absolute_url()}#messages")
    return shown(request, row, write=form)


def shown(request, row, **forms):
    """The page again, with what was typed and what is wrong with it."""
    row.refresh_from_db(fields=["state", "turn", "due_on"])
    return render(request, "testrequests/application.html", {"page": ApplicationPage(row, request.user, forms)})


@require_POST
@member
@application_door(verb="propose_terms")
def propose_terms(request, row):
    form = TermsForm(request.POST)
    if form.is_valid():
        try:
            actions.propose_terms(row, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            _newer(form, row, refusal)
            form.take(refusal)
        else:
            messages.success(request, _("Your terms are sent. You have accepted them; now the other side reads them."))
            return redirect(f"{row.get_absolute_url()}#terms")
    return shown(request, row, terms=form)


def _newer(form, row, refusal):
    """Another version came in between: it stands on the page now, and sending again answers to it."""
    if isinstance(refusal, WrongState) and refusal.code == "stale":
        form.data = form.data.copy()
        form.data["base"] = str(row.terms.values_list("version", flat=True).first() or 0)


@require_POST
@member
@application_door(verb="accept_terms")
def accept_terms(request, row):
    """The version that was read, and no other one."""
    number = request.POST.get("version", "")
    version = int(number) if number.isdecimal() and number.isascii() and len(number) < 9 else 0
    attempt(request, _("You have accepted the terms."), actions.accept_terms, row, version=version)
    return redirect(f"{row.get_absolute_url()}#terms")
