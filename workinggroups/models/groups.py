"""Working groups: peers with a mandate, who leads them, who belongs to them, and an end."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from common.languages import TextRow, pick_text
from common.publishing import State
from common.search import TextVector
from organisations.enums import Asked
from organisations.models import Answerable, Organisation
from projects.models import Project
from taxonomy.models import TaggedNoun, Theme
from workinggroups.enums import ALIVE_FOR, QUIET_FOR, GroupRole, GroupVisibility, Joining, News, Sign
from workinggroups.querysets import (
    AnnouncementQuerySet,
    GroupInvitationQuerySet,
    GroupMembershipQuerySet,
    GroupRequestQuerySet,
    WorkingGroupQuerySet,
)

TEXT_LIMIT = 8_000  # characters of one text of the mandate
MOST_MEMBERS = 20_000


def by():
    """A member who did something; the row outlives the account."""
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+")


class WorkingGroup(models.Model):
    """A group with a mandate. `organisation` founded it; who leads it and who belongs to it stands in its memberships."""

    slug = models.SlugField(max_length=120, unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="working_groups")
    created_by = by()
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT, editable=False)
    state_reason = models.TextField(blank=True, editable=False)
    state_changed_at = models.DateTimeField(null=True, blank=True, editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    visibility = models.CharField(_("visibility"), max_length=8, choices=GroupVisibility, default=GroupVisibility.PUBLIC)
    joining = models.CharField(_("joining"), max_length=10, choices=Joining, default=Joining.OPEN)
    #: How many people may belong to it; None for any number. Whoever comes after them stands on the waiting list.
    member_limit = models.PositiveIntegerField(_("member limit"), null=True, blank=True)
    mandate_from = models.DateField(_("from"), null=True, blank=True)
    mandate_to = models.DateField(_("to"), null=True, blank=True)
    themes = models.ManyToManyField(Theme, blank=True, related_name="working_groups")
    projects = models.ManyToManyField(Project, blank=True, related_name="working_groups")
    tags = TaggableManager(through=TaggedNoun, blank=True)
    attachments = GenericRelation("records.Attachment", content_type_field="target_type", object_id_field="target_id")
    last_activity_at = models.DateTimeField(default=timezone.now, editable=False)
    #: One more with each change of what it says: a form that was opened at another revision is stale.
    revision = models.PositiveIntegerField(default=0, editable=False)
    index_stale = models.BooleanField(default=False, db_default=False, editable=False)
    is_demo = models.BooleanField(default=False, editable=False)
    source_key = models.CharField(max_length=120, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = WorkingGroupQuerySet.as_manager()
    index_sources = ("organisation", "themes", "tags")

    class Meta:
        ordering = ["-last_activity_at", "-pk"]
        verbose_name = _("working group")
        verbose_name_plural = _("working groups")
        indexes = [
            models.Index("state", models.F("last_activity_at").desc(), name="group_state_activity"),
            models.Index(fields=["id"], condition=models.Q(index_stale=True), name="group_stale"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(visibility=GroupVisibility.PRIVATE) | models.Q(joining=Joining.INVITATION), name="private_by_invitation"
            ),
            models.UniqueConstraint(fields=["source_key"], condition=~models.Q(source_key=""), name="group_source_key"),
        ]

    def __str__(self):
        text = self.text
        return text.name if text else self.slug

    def get_absolute_url(self):
        return reverse("workinggroups:detail", args=[self.slug])

    def clean(self):
        errors = {}
        if self.visibility == GroupVisibility.PRIVATE and self.joining != Joining.INVITATION:
            errors["joining"] = _("Nobody finds a private group, so people join it by invitation only.")
        if self.mandate_from and self.mandate_to and self.mandate_to < self.mandate_from:
            errors["mandate_to"] = _("The mandate ends before it begins.")
        if self.member_limit is not None and not 1 <= self.member_limit <= MOST_MEMBERS:
            errors["member_limit"] = _("A limit is a number from 1 to %(most)d.") % {"most": MOST_MEMBERS}
        if errors:
            raise ValidationError(errors)

    @property
    def text(self):
        """The text in the reader's language, else the original. Prefetch `texts`."""
        return pick_text(self.texts.all())

    def sign_at(self, now):
        """How much life is in it; the twin of `WorkingGroupQuerySet.with_sign`."""
        if self.last_activity_at > now - ALIVE_FOR:
            return Sign.ALIVE
        return Sign.QUIET if self.last_activity_at > now - QUIET_FOR else Sign.ASLEEP

    @property
    def sign(self):
        return self.sign_at(timezone.now())

    @property
    def is_open(self):
        """Members come, write and decide; a closed group is read only."""
        return self.state == State.PUBLISHED

    @property
    def is_closed(self):
        return self.state == State.ARCHIVED


class GroupText(TextRow):
    """What a group says of itself in one language; exactly one row is the original."""

    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="texts")
    name = models.CharField(_("name"), max_length=160)
    purpose = models.CharField(_("purpose"), max_length=300, blank=True)
    why = models.TextField(_("why"), max_length=TEXT_LIMIT, blank=True)
    deliverables = models.TextField(_("deliverables"), max_length=TEXT_LIMIT, blank=True)
    decides = models.TextField(_("who decides"), max_length=TEXT_LIMIT, blank=True)
    #: What the group leaves behind, written when it is closed.
    summary = models.TextField(_("summary"), max_length=TEXT_LIMIT, blank=True)
    vector = models.GeneratedField(
        expression=TextVector(
            {"name": "A", "purpose": "B", "why": "C", "deliverables": "C", "summary": "C", "keywords": "B"}, folded=["name", "keywords"]
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        verbose_name = _("text")
        constraints = [
            models.UniqueConstraint(fields=["group", "language"], name="group_text_language"),
            models.UniqueConstraint(fields=["group"], condition=models.Q(is_original=True), name="group_text_original"),
        ]
        indexes = [GinIndex(fields=["vector"], name="group_text_vector")]

    def __str__(self):
        return self.name


class GroupMembership(models.Model):
    """A member's role in a group, the organisation he or she comes from, and how announcements reach him or her."""

    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="group_memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="group_memberships")
    role = models.CharField(_("role"), max_length=8, choices=GroupRole, default=GroupRole.MEMBER)
    news = models.CharField(_("announcements"), max_length=7, choices=News, default=News.AT_ONCE)
    created_at = models.DateTimeField(default=timezone.now)

    objects = GroupMembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership of a working group")
        constraints = [
            models.UniqueConstraint(fields=["group", "user"], name="group_membership_once"),
            models.UniqueConstraint(fields=["group"], condition=models.Q(role=GroupRole.CHAIR), name="group_chair_once"),
        ]

    def __str__(self):
        return f"{self.user_id} in {self.group_id}: {self.role}"


class WaitingPlace(models.Model):
    """Somebody who joined a full group. Whoever waits longest moves up as soon as somebody leaves."""

    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="waiting_places")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="group_waiting_places")
    organisation = models.ForeignKey(Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    role = models.CharField(max_length=8, choices=GroupRole, default=GroupRole.MEMBER)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]  # given out while the group is locked: the order of coming
        verbose_name = _("place on a waiting list")
        constraints = [models.UniqueConstraint(fields=["group", "user"], name="group_waiting_once")]

    def __str__(self):
        return f"{self.user_id} waits for {self.group_id}"


class GroupRequest(Answerable):
    """A member asks to join a group; its chairs answer, a moderator where no chair may act."""

    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="requests")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="group_requests")
    organisation = models.ForeignKey(Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects = GroupRequestQuerySet.as_manager()

    class Meta(Answerable.Meta):
        verbose_name = _("request to join a working group")
        constraints = [
            models.UniqueConstraint(fields=["group", "user"], condition=models.Q(state=Asked.WAITING), name="group_request_once"),
        ]

    def __str__(self):
        return f"{self.user_id} asks {self.group_id}: {self.state}"


class GroupInvitation(models.Model):
    """A chair invites an e-mail address, with or without an account. The token stands in the mail only; here is its hash."""

    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail address"), max_length=254)
    role = models.CharField(_("role"), max_length=8, choices=GroupRole, default=GroupRole.MEMBER)
    language = models.CharField(_("language of the mail"), max_length=8, blank=True)
    note = models.TextField(_("note"), max_length=2_000, blank=True)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    state = models.CharField(max_length=9, choices=Asked, default=Asked.WAITING, editable=False)
    invited_by = by()
    answered_by = by()
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    times_sent = models.PositiveSmallIntegerField(default=1, editable=False)
    sent_at = models.DateTimeField(editable=False)
    expires_at = models.DateTimeField(editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = GroupInvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("invitation to a working group")
        constraints = [
            models.UniqueConstraint("group", Lower("email"), condition=models.Q(state=Asked.WAITING), name="group_invitation_once"),
        ]

    def __str__(self):
        return f"{self.email} to {self.group_id}: {self.state}"

    def is_open(self, now):
        """Whether it can still be taken up; the twin of `GroupInvitationQuerySet.open`."""
        takes_members = self.group.state in (State.DRAFT, State.PUBLISHED)
        return takes_members and self.state == Asked.WAITING and self.expires_at > now


class Seat(models.Model):
    """The representation of an organisation in a group: who holds it, and who stands in."""

    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="seats")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="seats")
    holder = models.ForeignKey(GroupMembership, on_delete=models.SET_NULL, null=True, blank=True, related_name="seats_held")
    deputy = models.ForeignKey(GroupMembership, on_delete=models.SET_NULL, null=True, blank=True, related_name="seats_deputised")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("seat")
        constraints = [
            models.UniqueConstraint(fields=["group", "organisation"], name="seat_once"),
            models.CheckConstraint(
                condition=models.Q(holder__isnull=True) | models.Q(deputy__isnull=True) | ~models.Q(holder=models.F("deputy")),
                name="seat_deputy_is_another",
            ),
        ]

    def __str__(self):
        return f"{self.organisation_id} in {self.group_id}"


class Announcement(models.Model):
    """What the chairs told all members, once. `key` comes with the form: the same form sent twice is one announcement."""

    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="announcements")
    by = by()
    key = models.UUIDField(editable=False)
    subject = models.CharField(_("subject"), max_length=160)
    text = models.TextField(_("text"), max_length=4_000)
    language = models.CharField(_("language"), max_length=8, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("announcement")
        constraints = [models.UniqueConstraint(fields=["group", "key"], name="announcement_once")]

    def __str__(self):
        return self.subject
