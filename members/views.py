"""Doors of a member's own account, beside those of allauth."""

from allauth.account.views import ConfirmEmailView, EmailView
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import FormView

from common.access import kept_post, member_required, next_page
from members.actions import accept_terms, change_settings
from members.forms.account import AcceptTermsForm, AccountSettingsForm

own_account = method_decorator(member_required(terms=False), name="dispatch")


@own_account
class AcceptTerms(FormView):
    """Asked before the first posting under new terms; whoever reads only is not asked."""

    form_class = AcceptTermsForm
    template_name = "members/terms.html"

    def form_valid(self, form):
        accept_terms(self.request.user)
        messages.success(self.request, _("Thank you. You can go on."))
        return HttpResponseRedirect(next_page(self.request, f"/{get_language()}/"))

    def get_context_data(self, **kwargs):
        return super().get_context_data(next=next_page(self.request), version=settings.PORTAL["terms_version"], **kwargs)


@own_account
class AccountSettings(FormView):
    form_class = AccountSettingsForm
    template_name = "members/settings.html"

    def get_form_kwargs(self):
        kept = kept_post(self.request)
        return super().get_form_kwargs() | {"instance": self.request.user} | ({"data": kept} if kept else {})

    def form_valid(self, form):
        change_settings(self.request.user, **form.cleaned_data)
        messages.success(self.request, _("Saved."))
        return HttpResponseRedirect(reverse("account_settings"))


@own_account
class ChangeAddress(EmailView):
    """allauth's page; an address typed before the session ended comes back."""

    def get_form_kwargs(self):
        kept = kept_post(self.request)
        return super().get_form_kwargs() | ({"data": kept} if kept else {})


class ConfirmAddress(ConfirmEmailView):
    """allauth's page; only following its button changes anything, so that a link to it signs nobody out."""

    def logout_other_user(self, confirmation):
        if self.request.method == "POST":
            super().logout_other_user(confirmation)
