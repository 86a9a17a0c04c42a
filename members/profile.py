"""What a member tells others about herself, and to whom. Nothing is shown before she says so."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from common.search import TextVector
from members.enums import Audience
from members.querysets import PhotoQuerySet, ProfileQuerySet
from taxonomy.models import Municipality, TaggedNoun, Theme

ABOUT_LIMIT = 6_000


def _audience(label, default=Audience.MEMBERS):
    return models.CharField(label, max_length=9, choices=Audience, default=default)


class Profile(models.Model):
    """A member's page. `listed_to` says who finds and reads it; each part has an audience of its own, never a wider one.

    Which organisation stands beside the name is a choice among memberships (`Membership.is_main`).
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="profile")
    slug = models.SlugField(max_length=120, unique=True)
    #: Addresses it had under earlier names; they lead on.
    former_slugs = ArrayField(models.SlugField(max_length=120), default=list, blank=True, editable=False)
    headline = models.CharField(_("headline"), max_length=160, blank=True)
    about = models.TextField(_("about me"), max_length=ABOUT_LIMIT, blank=True)
    text_language = models.CharField(_("language of the text"), max_length=8, blank=True)
    languages = ArrayField(models.CharField(max_length=8), verbose_name=_("languages"), default=list, blank=True)
    themes = models.ManyToManyField(Theme, verbose_name=_("themes"), blank=True, related_name="profiles")
    municipalities = models.ManyToManyField(Municipality, verbose_name=_("municipalities"), blank=True, related_name="profiles")
    tags = TaggableManager(through=TaggedNoun, blank=True)
    listed_to = _audience(_("Who finds my page"), Audience.NOBODY)
    about_to = _audience(_("About me"))
    photo_to = _audience(_("Photo"))
    organisations_to = _audience(_("Organisations and roles"))
    interests_to = _audience(_("Themes, municipalities and tags"))
    languages_to = _audience(_("Languages"))
    email_to = _audience(_("E-mail address"), Audience.NOBODY)
    #: Name and headline, what everybody who finds the page may read; written by the verbs.
    keywords = models.TextField(blank=True, editable=False)
    vector = models.GeneratedField(
        expression=TextVector({"keywords": "A"}, folded=["keywords"], language="text_language"),
        output_field=SearchVectorField(),
        db_persist=True,
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ProfileQuerySet.as_manager()

    class Meta:
        verbose_name = _("profile")
        verbose_name_plural = _("profiles")
        indexes = [
            GinIndex(fields=["vector"], name="profile_vector"),
            GinIndex(fields=["former_slugs"], name="profile_former_slugs"),
        ]

    def __str__(self):
        return str(self.user)

    def get_absolute_url(self):
        return reverse("people:detail", args=[self.slug])


class Photo(models.Model):
    """What a member's picture hangs on: a noun of its own, because it has its own audience."""

    profile = models.OneToOneField(Profile, on_delete=models.CASCADE, related_name="photo")

    objects = PhotoQuerySet.as_manager()

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")

    def __str__(self):
        return str(self.profile)

    def get_absolute_url(self):
        return self.profile.get_absolute_url()
