"""Files and links of a working group: in folders, with every version of a file."""

import re
from urllib.parse import urlsplit

from django.contrib.contenttypes.fields import GenericRelation
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.search import TextVector
from workinggroups.enums import Audience, ResourceKind
from workinggroups.models.groups import WorkingGroup, by
from workinggroups.querysets import FileVersionQuerySet, ResourceQuerySet

_NOT_WORDS = re.compile(r"[\W_]+")


class Folder(models.Model):
    """A place for resources; folders stand in folders, no deeper. Who sees nothing in it does not see it."""

    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="folders")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="folders")
    name = models.CharField(_("name"), max_length=120)
    created_by = by()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("folder")
        constraints = [
            models.UniqueConstraint("group", Lower("name"), condition=models.Q(parent=None), name="folder_once_at_the_top"),
            models.UniqueConstraint("parent", Lower("name"), condition=models.Q(parent__isnull=False), name="folder_once_in_a_folder"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("workinggroups:folder", args=[self.group.slug, self.pk])


class Resource(models.Model):
    """A file with its versions, or a link. `key` comes with the form: the same form sent twice is one resource."""

    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="resources")
    folder = models.ForeignKey(Folder, on_delete=models.SET_NULL, null=True, blank=True, related_name="resources")
    key = models.UUIDField(editable=False)
    kind = models.CharField(max_length=4, choices=ResourceKind, editable=False)
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"), max_length=2_000, blank=True)
    language = models.CharField(_("language"), max_length=8, blank=True)
    audience = models.CharField(_("who reads it"), max_length=9, choices=Audience, default=Audience.MEMBERS)
    #: Of a link. It is shown to people and never opened by the portal.
    url = models.CharField(_("address"), max_length=500, blank=True)
    #: The newest version of a file.
    current = models.ForeignKey("FileVersion", on_delete=models.SET_NULL, null=True, editable=False, related_name="+")
    created_by = by()
    created_at = models.DateTimeField(default=timezone.now)
    changed_by = by()
    changed_at = models.DateTimeField(default=timezone.now)
    removed_by = by()
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)
    keywords = models.CharField(max_length=400, blank=True, editable=False)
    vector = models.GeneratedField(
        expression=TextVector({"title": "A", "keywords": "B", "description": "C"}, folded=["title", "keywords"]),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = ResourceQuerySet.as_manager()

    class Meta:
        ordering = ["-changed_at", "-pk"]
        verbose_name = _("file or link")
        verbose_name_plural = _("files and links")
        constraints = [
            models.UniqueConstraint(fields=["group", "key"], name="resource_once"),
            models.CheckConstraint(
                condition=models.Q(kind=ResourceKind.FILE, url="") | models.Q(kind=ResourceKind.LINK) & ~models.Q(url=""),
                name="links_have_addresses",
            ),
        ]
        indexes = [
            GinIndex(fields=["vector"], name="resource_vector"),
            models.Index("group", models.F("changed_at").desc(), name="resource_newest"),
            models.Index(fields=["removed_at"], condition=models.Q(removed_at__isnull=False), name="resource_removed"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("workinggroups:resource", args=[self.group.slug, self.pk])

    @property
    def is_link(self):
        return self.kind == ResourceKind.LINK

    @property
    def file(self):
        """The file of the newest version; None of a link. Prefetch `current__attachments`."""
        return self.current.file if self.current else None

    @property
    def host(self):
        """Where a link leads: shown beside it, so that nobody has to guess."""
        return urlsplit(self.url).hostname or ""

    def words_of(self, name):
        """What search knows besides title and description: the name of the file, or the site."""
        return _NOT_WORDS.sub(" ", name).strip()[:400]


class FileVersion(models.Model):
    """One version of a file, kept as it was added; its file is served to those who may read the resource."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="versions")
    key = models.UUIDField(editable=False)
    number = models.PositiveIntegerField()
    note = models.CharField(_("what has changed"), max_length=300, blank=True)
    by = by()
    at = models.DateTimeField(default=timezone.now)
    attachments = GenericRelation("records.Attachment", content_type_field="target_type", object_id_field="target_id")

    objects = FileVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        verbose_name = _("version of a file")
        constraints = [
            models.UniqueConstraint(fields=["resource", "number"], name="file_version_once"),
            models.UniqueConstraint(fields=["resource", "key"], name="file_version_sent_once"),
        ]

    def __str__(self):
        return f"{self.resource_id} no. {self.number}"

    @property
    def file(self):
        """Prefetch `attachments`."""
        return next(iter(self.attachments.all()), None)
