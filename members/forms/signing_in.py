"""allauth's forms in the portal's words. `ACCOUNT_FORMS` names them.

Nothing here tells whether an address has an account: both ways hash one password and queue one mail.
"""

from zoneinfo import available_timezones

from allauth.account import forms as allauth_forms
from allauth.account.internal.flows.manage_email import sync_user_email_address
from allauth.core import context
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.db import IntegrityError, transaction
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from common.text import clean_name
from members.browsers import browser_name
from members.forms.account import cleaned_person_name
from members.models import User

ADDRESS = _("E-mail address")
PASSWORD_HELP = _("At least 10 characters. Not your name or address, and nothing that many people use.")
WORK_ADDRESS_HELP = _("Use the address from work: your organisation is recognised by it.")


class SignInForm(allauth_forms.LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].label = ADDRESS
        self.fields["remember"].label = _("Stay signed in on this computer")


class RequestCodeForm(allauth_forms.RequestLoginCodeForm):
    """Sends a code. The code proves the address, also of an account made by an administrator, which has none on record yet."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = ADDRESS

    def clean_email(self):
        address = super().clean_email()
        if self._user:
            sync_user_email_address(self._user)
        return address


class ResetPasswordForm(allauth_forms.ResetPasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = ADDRESS


class NewPassword:
    """A new password is asked for once more only where a slip would lock the member out."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password1"].label = _("New password")
        self.fields["password1"].help_text = PASSWORD_HELP
        self.fields["password2"].label = _("New password once more")


class ChangePasswordForm(NewPassword, allauth_forms.ChangePasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = _("Present password")


class SetPasswordForm(NewPassword, allauth_forms.SetPasswordForm):
    pass


class ResetPasswordKeyForm(NewPassword, allauth_forms.ResetPasswordKeyForm):
    pass


class ChangeAddressForm(allauth_forms.AddEmailForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("New e-mail address")
        self.fields["email"].help_text = WORK_ADDRESS_HELP


#: What reading a credential raises that no browser made.
UNREADABLE = (AttributeError, KeyError, TypeError, ValueError)


class AddPasskeyForm(AddWebAuthnForm):
    """Without a name a passkey is called by the browser it was made with."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the passkey")
        self.fields["name"].help_text = _("So that you know it again: “Work laptop”, “My telephone”.")
        self.fields["passwordless"].label = _("Sign in with it alone, without the password")
        self.fields["passwordless"].help_text = ""
        self.fields["passwordless"].initial = True
        self.initial["name"] = browser_name(context.request.headers.get("User-Agent", "")) or self.initial["name"]

    def clean_name(self):
        return clean_name(self.cleaned_data["name"]) or self.initial["name"]

    def clean(self):
        try:
            return super().clean()
        except UNREADABLE as error:
            raise forms.ValidationError(_("The passkey could not be read. Try once more."), code="unreadable") from error


class SignUpForm(allauth_forms.SignupForm):
    """Name, address from work, password, terms. Language and time zone are those of the page."""

    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    terms = forms.BooleanField(label=_("I accept the terms of use"))
    time_zone = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput(attrs={"data-time-zone": ""}))
    field_order = ["name", "email", "password1", "terms", "time_zone"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = ADDRESS
        self.fields["email"].help_text = WORK_ADDRESS_HELP
        self.fields["password1"].help_text = PASSWORD_HELP
        self.fields["terms"].help_text = documents()
        self.fields["terms"].error_messages["required"] = _("An account needs your consent to the terms.")

    def clean_name(self):
        return cleaned_person_name(self.cleaned_data["name"])

    def clean_password1(self):
        """Not like the name either, which allauth does not look at."""
        password = self.cleaned_data["password1"]
        validate_password(password, User(name=self.cleaned_data.get("name", ""), email=self.cleaned_data.get("email", "")))
        return password

    def clean_time_zone(self):
        """What the browser says, when there is such a zone; nobody is held up by it."""
        zone = self.cleaned_data["time_zone"]
        return zone if zone in available_timezones() else settings.TIME_ZONE

    def try_save(self, request):
        """Makes the account, or tells the one whose address it is. Of two at once the second is told, too."""
        if not self.account_already_exists:
            try:
                with transaction.atomic():
                    return super().try_save(request)
            except IntegrityError:
                if not User.objects.filter(email__iexact=self.cleaned_data["email"]).exists():
                    raise
                self.account_already_exists = True
        make_password(self.cleaned_data["password1"])  # takes as long as for a new account
        return super().try_save(request)


def documents():
    """Links to what is to be read first, in the language of the page."""
    home = f"/{get_language()}/"
    links = [(f"{home}terms/", _("Terms of use")), (f"{home}privacy/", _("Privacy"))]
    return format_html("{}: {}", _("Read first"), format_html_join(" · ", '<a href="{}">{}</a>', links))
