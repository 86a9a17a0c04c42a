"""Organisations own what their members publish: people leave, projects stay."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.languages import TextRow, pick_text
from common.search import TextVector
from organisations.enums import Asked, OrganisationType, Role
from organisations.querysets import InvitationQuerySet, JoinRequestQuerySet, MembershipQuerySet, OrganisationQuerySet
from taxonomy.models import Municipality

NOTE_LIMIT = 2_000  # characters of a note or an answer


class Organisation(models.Model):
    """A municipality, company, university … that takes part. `type` is what it is, `parent` whom it belongs to."""

    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(max_length=120, unique=True)
    type = models.CharField(_("type"), max_length=16, choices=OrganisationType)
    country = models.CharField(_("country"), max_length=2, blank=True)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="organisations")
    parent = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="parts")
    registration_number = models.CharField(_("registration number"), max_length=32, blank=True)
    website = models.URLField(_("website"), max_length=300, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True, editable=False)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    #: A moderator declined the proposal, with the reason its members read. Verifying or proposing again clears both.
    declined_at = models.DateTimeField(null=True, blank=True, editable=False)
    declined_reason = models.TextField(max_length=2_000, blank=True, editable=False)
    is_demo = models.BooleanField(default=False, editable=False)
    source = models.CharField(max_length=40, blank=True, editable=False)
    source_key = models.CharField(max_length=120, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    #: One more with each change of what it says: a form that was opened at another revision is stale.
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["source", "source_key"], condition=~models.Q(source_key=""), name="organisation_source_key"),
        ]
        indexes = [models.Index(Lower("name"), name="organisation_name_lower")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("organisations:detail", args=[self.slug])

    @property
    def text(self):
        """The description in the reader's language, else the original; None without any. Prefetch `texts`."""
        return pick_text(self.texts.all())


class OrganisationText(TextRow):
    """An organisation's description in one language."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="texts")
    name = models.CharField(max_length=200, blank=True)
    description = models.TextField(max_length=20_000, blank=True)
    vector = models.GeneratedField(
        expression=TextVector({"name": "A", "description": "C", "keywords": "B"}, folded=["name", "keywords"]),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        verbose_name = _("text")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "language"], name="organisation_text_language"),
            models.UniqueConstraint(fields=["organisation"], condition=models.Q(is_original=True), name="organisation_text_original"),
        ]
        indexes = [GinIndex(fields=["vector"], name="organisation_text_vector")]


class Domain(models.Model):
    """A mail and web domain that is the organisation's own (never a free-mail domain)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="domains")
    name = models.CharField(max_length=253)

    class Meta:
        constraints = [models.UniqueConstraint(Lower("name"), name="domain_once")]

    def __str__(self):
        return self.name


class Membership(models.Model):
    """A member's role in an organisation."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=8, choices=Role, default=Role.MEMBER)
    #: The organisation that stands beside the member's name.
    is_main = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation"], name="membership_once"),
            models.UniqueConstraint(fields=["user"], condition=models.Q(is_main=True), name="membership_main"),
        ]

    def __str__(self):
        return f"{self.user_id} in {self.organisation_id}: {self.role}"


class FormerSlug(models.Model):
    """An address that an organisation had before it was merged into another; it leads on for ever."""

    slug = models.SlugField(max_length=120, unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="former_slugs")
    name = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return self.slug


class Answerable(models.Model):
    """Something a member asked of those who decide: who answered, when, and in which words."""

    note = models.TextField(_("note"), max_length=NOTE_LIMIT, blank=True)
    answer = models.TextField(_("answer"), max_length=NOTE_LIMIT, blank=True, editable=False)
    state = models.CharField(max_length=9, choices=Asked, default=Asked.WAITING, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True
        ordering = ["created_at", "pk"]


class JoinRequest(Answerable):
    """A member asks to belong to an organisation; its owners answer, a moderator where it has none."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="join_requests")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="join_requests")

    objects = JoinRequestQuerySet.as_manager()

    class Meta(Answerable.Meta):
        verbose_name = _("join request")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "user"], condition=models.Q(state=Asked.WAITING), name="join_request_once"),
        ]

    def __str__(self):
        return f"{self.user_id} asks {self.organisation_id}: {self.state}"


class DomainRequest(Answerable):
    """An owner asks for a mail domain: whoever has an address in it joins at once, so a moderator decides."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="domain_requests")
    name = models.CharField(_("domain"), max_length=253)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta(Answerable.Meta):
        verbose_name = _("domain request")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], condition=models.Q(state=Asked.WAITING), name="domain_request_once"),
        ]

    def __str__(self):
        return f"{self.organisation_id} asks for {self.name}: {self.state}"


class Invitation(models.Model):
    """An owner invites an e-mail address, with or without an account. The token stands in the mail only; here is its hash.

    It is taken up by somebody whose confirmed address is `email`, within `expires_at`.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail address"), max_length=254)
    role = models.CharField(_("role"), max_length=8, choices=Role, default=Role.MEMBER)
    language = models.CharField(_("language of the mail"), max_length=8, blank=True)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    state = models.CharField(max_length=9, choices=Asked, default=Asked.WAITING, editable=False)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    times_sent = models.PositiveSmallIntegerField(default=1, editable=False)
    sent_at = models.DateTimeField(editable=False)
    expires_at = models.DateTimeField(editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("invitation")
        constraints = [
            models.UniqueConstraint("organisation", Lower("email"), condition=models.Q(state=Asked.WAITING), name="invitation_once"),
        ]

    def __str__(self):
        return f"{self.email} to {self.organisation_id}: {self.state}"

    def is_open(self, now):
        """Whether it can still be taken up; the twin of `InvitationQuerySet.open`."""
        return self.state == Asked.WAITING and self.expires_at > now
