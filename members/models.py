"""People with an account. Nobody else is stored by name."""

from functools import cached_property

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.consent import Consent
from members.profile import Photo, Profile

__all__ = ["Consent", "Photo", "Profile", "User", "UserManager"]

#: Addresses that cannot receive mail (RFC 2606): what is left of a member who was erased.
FORMER_DOMAIN = "@former.invalid"


class UserManager(BaseUserManager.from_queryset(models.QuerySet)):
    """Makes members. E-mail addresses are compared without regard to case."""

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)

    def create_user(self, email, password=None, **fields):
        """A member with `email`; without `password` only a mailed code or reset signs in."""
        if not email:
            raise ValueError("A member needs an e-mail address.")
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        """Whoever makes an administrator at the server's terminal need not prove an address by mail."""
        from allauth.account.models import EmailAddress  # its models look at ours while they load

        user = self.create_user(email, password, is_superuser=True, is_staff=True, **fields)
        EmailAddress.objects.using(self._db).create(user=user, email=user.email.lower(), verified=True, primary=True)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """A member: signs in with an e-mail address, reads in one language, lives in one time zone."""

    email = models.EmailField(_("e-mail address"), max_length=254)
    name = models.CharField(_("name"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=8, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, default="Europe/Copenhagen")
    terms_version = models.CharField(max_length=40, blank=True, editable=False)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    suspended_at = models.DateTimeField(null=True, blank=True)
    date_joined = models.DateTimeField(default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints = [models.UniqueConstraint(Lower("email"), name="member_email_unique")]
        permissions = [("moderate", _("Can review and moderate what members publish"))]

    def __str__(self):
        return self.get_full_name()

    def get_full_name(self):
        return str(_("Former member")) if self.is_former else self.name or self.email

    @property
    def shown_name(self):
        """What others read: never the address."""
        return self.get_full_name() if self.name or self.is_former else str(_("A member"))

    def get_short_name(self):
        return self.name.split(" ")[0] if self.name else self.email

    @property
    def is_former(self):
        """Erased: a number that projects and the audit trail point to (portal.privacy.erasure)."""
        return self.email.endswith(FORMER_DOMAIN)

    @property
    def may_act(self):
        """Active and not suspended. Suspended members do nothing and see what a visitor sees."""
        return self.is_active and self.suspended_at is None

    @property
    def has_accepted_terms(self):
        """The terms as they stand now. Reading needs no consent, posting does."""
        return self.terms_version == settings.PORTAL["terms_version"]

    @cached_property
    def is_moderator(self):
        return self.has_perm("members.moderate")

    @cached_property
    def organisation_roles(self):
        """`{organisation id: role}` of this member, read once for each request."""
        return dict(self.memberships.values_list("organisation_id", "role"))
