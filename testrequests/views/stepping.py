"""The page of one step: opened, sent, kept while typing."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from common.access import kept_post
from common.errors import WrongState
from livinglabs.models import LivingLab, Offer
from testrequests import actions
from testrequests.forms import STEPS
from testrequests.forms.places import NOT_TESTED
from testrequests.steps_page import StepPage, step_url

ORDER = list(STEPS)
TEMPLATE = "testrequests/step.html"


def now_in_words():
    return time_format(timezone.localtime(), "TIME_FORMAT")


class NewRequest:
    """The first step before there is a request. Its key makes the same form, sent twice, one draft."""

    def __init__(self, request):
        self.request, self.user = request, request.user
        self.sent_data = request.POST if request.method == "POST" else None

    def opened(self):
        return self._shown(STEPS["what"].form(kept_post(self.request), user=self.user))

    def sent(self):
        form = STEPS["what"].form(self.request.POST, user=self.user)
        made = self._made(form)
        if made is None:
            return self._shown(form)
        if not made.is_draft:
            return redirect(made)
        messages.success(self.request, _("Your draft is kept. Go on, or come back to it from your desk."))
        return redirect(step_url(made, "where"))

    def kept(self):
        """For the script: with its title there is a draft, and it is kept up with what is typed."""
        form = STEPS["what"].form(self.request.POST, user=self.user)
        made = self._made(form)
        return {"state": "saved" if made else "kept", "at": now_in_words(), "errors": len(form.errors) if made else 0}

    def _made(self, form):
        """The draft of this form, begun or kept up; None where the form cannot be kept yet, with its errors."""
        if not form.is_valid():
            return None
        try:
            organisation, key = form.chosen_organisation, self._key()
            made = actions.create_request(by=self.user, organisation=organisation, key=key, labs=self._places(), **form.said)
            # What was sent meanwhile is changed on its own page, where what stands there now is shown.
            return actions.edit_request(made, by=self.user, **form.said) if made.is_draft else made
        except ValidationError as refusal:
            form.take(refusal)
            return None

    def _key(self):
        try:
            return uuid.UUID(self._word("key"))
        except ValueError:
            return uuid.uuid4()

    def _word(self, name):
        return (self.request.POST.get(name) or self.request.GET.get(name) or "")[:120].replace("\x00", "")

    def _places(self):
        """The lab somebody came from, when it can be asked."""
        lab = LivingLab.objects.visible_to(self.user).listed().filter(slug=self._word("lab")).first()
        offers = Offer.objects.listed().exclude(kind__in=NOT_TESTED)
        offer = offers.filter(lab=lab, slug=self._word("offer")).first() if lab else None
        return [(lab, offer)] if lab else []

    def _shown(self, form):
        key = self._word("key") or str(uuid.uuid4())
        page = StepPage(None, STEPS["what"], form, places=self._places(), hidden=[("key", key), ("lab", self._word("lab")),
                                                                                  ("offer", self._word("offer"))])  # fmt: skip
        return render(self.request, TEMPLATE, {"page": page, "form": form})


class StepDoor:
    """One step of a request that is there."""

    def __init__(self, request, asked, step):
        self.request, self.asked, self.step, self.user = request, asked, step, request.user

    def opened(self):
        return self._shown(self._form(kept_post(self.request)))

    def _form(self, data=None):
        return self.step.form(data, user=self.user, request=self.asked)

    def sent(self):
        """Saved and on to what comes next; or shown again with what is wrong."""
        form = self._form(self.request.POST)
        self._save(form)
        if form.errors or not self._file(form):
            return self._shown(form)
        to = self.request.POST.get("go", "")
        return redirect(self._next() if to not in STEPS else step_url(self.asked, to))

    def kept(self):
        """For the script: what became of what is typed."""
        form = self._form(self.request.POST)
        is_saved = self._save(form)
        said = {"state": "saved" if is_saved else "kept", "at": now_in_words(), "errors": len(form.errors)}
        return said | ({"base": self.asked.revision} if is_saved else {})

    def _save(self, form):
        """Keep what is valid: in a draft whatever of it is, in what labs read all or nothing. Errors stand in the form afterwards."""
        is_valid = form.is_valid()
        if not (is_valid or self.asked.is_draft):
            return False
        base = form.cleaned_data.get("base")
        try:
            self.asked = actions.edit_request(self.asked, by=self.user, base=base, **form.arguments())
        except WrongState as refusal:
            if refusal.code != "stale":
                form.add_error(None, refusal)
                return False
            self.asked.refresh_from_db()
            self._form_now(form).show_theirs()
            return False
        except ValidationError as refusal:
            form.take(refusal)
            return False
        return True

    def _form_now(self, form):
        """The same form over what stands now."""
        form.request = self.asked
        form.initial = {**form.initial, **form._stands()}
        return form

    def _file(self, form):
        """A file that came with the step, or one that goes. Returns whether all went well."""
        wanted = self.request.POST.get("do", "")
        try:
            if wanted.startswith("remove:"):
                actions.remove_request_file(self.asked, uuid.UUID(wanted.removeprefix("remove:")), by=self.user)
            if "new_file" in self.request.FILES and self.step.slug == "benefit":
                words = {name: self.request.POST.get(f"new_{name}", "")[:300] for name in ("title", "alt")}
                secret = self.request.POST.get("new_confidential") == "1"
                actions.add_request_file(self.asked, self.request.FILES["new_file"], by=self.user, is_confidential=secret, **words)
        except ValidationError as refusal:
            form.add_error(None, " ".join(refusal.messages))
        except ValueError:
            pass  # no file has such a name
        return not form.errors

    def _next(self):
        then, place = self.request.POST.get("then", "next"), ORDER.index(self.step.slug)
        if "do" in self.request.POST:
            return step_url(self.asked, self.step.slug) + "#files"
        if then == "next" and place + 1 < len(ORDER):
            return step_url(self.asked, ORDER[place + 1])
        messages.success(self.request, _("Saved."))
        return self.asked.get_absolute_url()

    def _shown(self, form):
        return render(self.request, TEMPLATE, {"page": StepPage(self.asked, self.step, form), "form": form})
