"""Where allauth asks the portal. It stands here because every account mail goes through the ledger like any other."""

import uuid
from zoneinfo import ZoneInfo

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import filter_users_by_email
from allauth.core.internal import ratelimit
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from common.access import discard_others
from common.mail import absolute
from common.navigation import address
from members.actions import accept_terms
from members.browsers import browser_name
from notifications import bounces
from notifications.actions import queue_mail, reader_of
from notifications.enums import Hindrance

#: allauth's mails and the portal's templates for them; `CHANGES` are those that tell of a change of the account.
MAILS = {
    "account/email/email_confirmation_signup": "account_welcome",
    "account/email/email_confirmation": "account_confirm",
    "account/email/account_already_exists": "account_exists",
    "account/email/unknown_account": "account_unknown",
    "account/email/password_reset_key": "account_reset",
    "account/email/login_code": "account_code",
}
CHANGES = {
    "account/email/email_changed": _("Your e-mail address was changed."),
    "account/email/password_changed": _("Your password was changed."),
    "account/email/password_reset": _("Your password was changed by a link that was mailed to you."),
    "account/email/password_set": _("Your account has a password now."),
    "mfa/email/totp_activated": _("Signing in now asks for a code of an app."),
    "mfa/email/totp_deactivated": _("Signing in no longer asks for a code of an app."),
    "mfa/email/recovery_codes_generated": _("New recovery codes were made; the old ones no longer work."),
    "mfa/email/webauthn_added": _("A passkey was added to your account."),
    "mfa/email/webauthn_removed": _("A passkey was removed from your account."),
}


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up, sign-in and account mails as the portal wants them."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("Address and password do not match. Look at both, or have a code sent to you instead."),
        "too_many_login_attempts": _("Too many tries. Wait some minutes, or have a code sent to you instead."),
        "rate_limited": _("Too many tries. Wait some minutes."),
        "incorrect_code": _("This code is not right. Look at the newest mail, or at the app once more."),
        "incorrect_password": _("This is not your password."),
        "enter_current_password": _("This is not your present password."),
        "duplicate_email": _("This is your address already."),
    }

    # ---- where people arrive

    def get_login_redirect_url(self, request):
        return address("portal:desk", get_language()) or f"/{get_language()}/"

    def get_signup_redirect_url(self, request):
        return self.get_login_redirect_url(request)

    def get_logout_redirect_url(self, request):
        return f"/{get_language()}/"

    def get_email_verification_redirect_url(self, email_address):
        return reverse("account_email" if self.request.user.is_authenticated else "account_login")

    # ---- signing up and in

    @transaction.atomic
    def save_user(self, request, user, form, commit=True):
        """The account, in the language of the page, with the consent that was given."""
        user.name, user.language, user.time_zone = form.cleaned_data["name"], get_language(), form.cleaned_data["time_zone"]
        user = super().save_user(request, user, form, commit)
        user.terms_version = accept_terms(user).terms_version
        return user

    def login(self, request, user):
        """What somebody else had typed in this browser does not come along into the session."""
        discard_others(request, user)
        super().login(request, user)

    def _get_login_attempts_cache_key(self, request, **credentials):
        """Wrong passwords are counted for account and sender together: whoever tries from elsewhere locks out nobody but herself."""
        return f"{ratelimit.get_ip(request)}:{super()._get_login_attempts_cache_key(request, **credentials)}"

    def pre_authenticate(self, request, **credentials):
        """Beside that, an account has a limit of its own, whoever tries; known and unknown addresses alike."""
        super().pre_authenticate(request, **credentials)
        key = credentials.get("email", "").lower()
        usage = ratelimit.consume(request, app="allauth.account", action="login_failed_account", key=key)
        if not usage:
            raise self.validation_error("too_many_login_attempts")
        self._login_failed_rl_usage.usage += usage.usage

    def confirm_email(self, request, email_address):
        """A mailed link was opened: mails arrive at this address."""
        is_confirmed = super().confirm_email(request, email_address)
        if is_confirmed:
            bounces.works_again(reader_of(None, email_address.email), by=email_address.user, why=Hindrance.BOUNCES)
        return is_confirmed

    # ---- mails

    def send_mail(self, template_prefix, email, context):
        """One row in the ledger for each mail, whether the address is known or not."""
        user = context.get("user") or next(iter(filter_users_by_email(email)), None)
        language = getattr(user, "language", "") or get_language()
        template = MAILS.get(template_prefix, "account_changed")
        with override(language):
            said = mail_context(template, context)
        queue_mail("account", template, address=email, user=user, language=language, context=said, period=uuid.uuid4().hex)

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        """Tells the member of a change of the account, at the address it had before."""
        said = {"sentence": CHANGES[template_prefix]}
        super().send_notification_mail(template_prefix, user, {**(context or {}), **said, "user": user}, email)


def mail_context(template, context):
    """What the templates in templates/emails/ say, in the active language. Addresses are the portal's own, never the request's."""
    if template == "account_changed":
        return changed_context(context)
    said = {"name": getattr(context.get("user"), "name", ""), "site_url": settings.SITE_URL}
    if "code" in context:
        said |= {"code": context["code"], "minutes": settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60}
    elif "uid" in context:
        said["url"] = absolute(reverse("account_reset_password_from_key", args=[context["uid"], context["key"]]))
    elif "key" in context:
        said |= {
            "url": absolute(reverse("account_confirm_email", args=[context["key"]])),
            "days": settings.ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS,
        }
    else:
        said["url"] = absolute(reverse("account_signup" if template == "account_unknown" else "account_login"))
    return said | {"reset_url": absolute(reverse("account_reset_password"))}


def changed_context(context):
    """When, from where and with which browser something was changed."""
    user = context["user"]
    return {
        "sentence": str(context["sentence"]),
        "when": date_format(timezone.localtime(context["timestamp"], ZoneInfo(user.time_zone)), "DATETIME_FORMAT"),
        "ip": context["ip"],
        "browser": browser_name(context["user_agent"]),
        "url": absolute(reverse("account_reset_password")),
    }
