"""Texts of allauth that the portal's catalogues say in their own words: LOCALE_PATHS wins over the package.

Nothing reads this module; it is here for the extraction of texts, which looks at the portal's sources only.
"""

from django.utils.translation import gettext_noop as _

SAID_BETTER = (
    _("Change Password"),
    _("Set Password"),
    _("Password successfully set."),
    _("Successfully signed in as %(name)s."),
    _("You have signed out."),
    _("Confirmation email sent to %(email)s."),
    _("You have confirmed %(email)s."),
    _("A sign-in code has been sent to %(recipient)s."),
    _("Removed email address %(email)s."),
    _("Use a security key"),
    _("Use your password"),
    _("Use authenticator app or code"),
    _("Authenticator App"),
    _("Authenticator app activated."),
    _("Authenticator app deactivated."),
    _("Deactivate Authenticator App"),
    _("Deactivate"),
    _("You are about to deactivate authenticator app based authentication. Are you sure?"),
    _("Authenticator code"),
    _("Signed out of all other sessions."),
    _("A new set of recovery codes has been generated."),
    _("You are about to generate a new set of recovery codes for your account."),
    _("This action will invalidate your existing codes."),
    _("Generate"),
)
