"""The first step while there is no project yet."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from common.access import kept_post
from organisations.models import Organisation
from projects.actions import drop_form, start_project
from projects.editing import as_data_sent, keep_typed, kept_fields
from projects.editing_page import EditingPage
from projects.enums import Kind
from projects.forms import STEPS, StepForm
from projects.views.stepping import step_url

STEP = STEPS["basics"]


class NewProject:
    """A title and an organisation make a draft; the address of the next step is that of the project."""

    def __init__(self, request):
        self.request, self.user = request, request.user
        self.organisations = list(Organisation.objects.writable_by(request.user).order_by("name")[:2])

    def opened(self):
        kept = kept_fields(self.user, None, STEP)
        data = kept_post(self.request) or (as_data_sent(kept.fields) if kept else None)
        kept_at = date_format(localtime(kept.at), "DATETIME_FORMAT") if kept else ""
        return self._shown(self._form(data), kept_at=kept_at)

    def sent(self):
        data = self.request.POST
        if "discard" in data:
            drop_form(self.user, None, STEP.slug)
            return redirect("projects:create")
        if not self.organisations:
            return self._led_to_join(data)
        form = self._form(data)
        try:
            project = start_project(by=self.user, said=form.changes) if form.is_valid else None
        except ValidationError as error:
            return self._refused(form, data, error.messages)
        return self._made(project) if project else self._refused(form, data, [])

    def _made(self, project):
        drop_form(self.user, None, STEP.slug)
        messages.success(self.request, _("Your draft is saved. Only members of %(name)s see it.") % {"name": project.organisation})
        return redirect(step_url(project, "where"))

    def _refused(self, form, data, sentences):
        keep_typed(self.user, None, STEP, data)
        return self._shown(form, errors=[*form.errors, *(("", "", sentence) for sentence in sentences)])

    def _led_to_join(self, data):
        """What was typed waits until she belongs to an organisation."""
        keep_typed(self.user, None, STEP, data)
        messages.info(self.request, _("A project belongs to an organisation. Join yours, or propose it; what you typed is kept."))
        return redirect(f"{reverse('organisations:join')}?{urlencode({'next': reverse('projects:create')})}")

    def _form(self, data=None):
        only = self.organisations[0].pk if len(self.organisations) == 1 else None
        asked = self.request.GET.get("organisation", "").replace("\x00", "")
        chosen = Organisation.objects.writable_by(self.user).filter(slug=asked[:120]).first() if asked else None
        content = {"organisation": chosen.pk if chosen else only, "language": get_language(), "kind": Kind.DEMONSTRATION}
        return StepForm(STEP, project=None, user=self.user, content=content, data=data)

    def _shown(self, form, **context):
        page = EditingPage(None, STEP, form, self.user, **context)
        known = {"page": page, "form": form, "join_url": "" if self.organisations else reverse("organisations:join")}
        return render(self.request, "projects/edit/step.html", known)
