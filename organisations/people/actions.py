"""What a member does with the page about herself."""

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from common.rows import clean_row
from members.models import Photo, Profile, User
from members.naming import keywords_of, profile_of
from organisations.actions.membership import choose_main
from records.actions import add_attachment, audit, remove_attachment
from records.files import PICTURE_BYTES
from records.models import Attachment, AttachmentKind
from records.pictures import read_picture, scaled
from taxonomy.tags import clean_tags, tags_named

FIELDS = (
    "headline", "about", "text_language", "languages", "listed_to", "about_to", "photo_to", "organisations_to", "interests_to",
    "languages_to", "email_to",
)  # fmt: skip
PHOTO_PIXELS = 480  # of the longer side: a page shows it small


def save_profile(user, *, themes=None, municipalities=None, tags=None, organisation=False, **fields):
    """Write what is named of `FIELDS`; sets that are given are replaced as a whole. The profile is made by the first call.

    `organisation` stands beside the name; None for none. Raises `ValidationError` by field.
    """
    if unknown := set(fields) - set(FIELDS):
        raise TypeError(f"A profile has no {', '.join(sorted(unknown))}")
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=user.pk)
        profile = profile_of(user)
        profile.user = user
        for name, value in fields.items():
            setattr(profile, name, value)
        profile.keywords = keywords_of(profile)
        clean_row(profile, exclude=("slug", "former_slugs", "languages"))
        profile.save(update_fields=[*fields, "keywords", "updated_at"])
        for name, chosen in (("themes", themes), ("municipalities", municipalities)):
            if chosen is not None:
                getattr(profile, name).set(chosen)
        if tags is not None:
            profile.tags.set(tags_named(clean_tags(tags)).values())
        if organisation is not False:
            choose_main(user, organisation)
        audit("update", profile, by=user)
    return profile


def set_photo(user, file):
    """Show `file`, made small, instead of the photo before; its text for those who do not see it is the name.

    Raises `ValidationError` for what is no picture; then the photo before stays.
    """
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=user.pk)
        photo, _made = Photo.objects.get_or_create(profile=profile_of(user))
        before = list(photos_of([photo.pk]))
        small = _made_small(file)
        kept = add_attachment(photo, small, by=user, kind=AttachmentKind.PICTURE, alt=user.get_full_name())
        for one in before:
            remove_attachment(one, by=user)
    return kept


def remove_photo(user):
    """Show no photo; twice is the same as once. The bytes go too."""
    with transaction.atomic():
        for photo in Photo.objects.filter(profile__user=user):
            for one in photos_of([photo.pk]):
                remove_attachment(one, by=user)
            photo.delete()


def photos_of(keys):
    """The pictures of these `Photo` rows."""
    kind = ContentType.objects.get_for_model(Photo)
    return Attachment.objects.filter(target_type=kind, target_id__in=keys, kind=AttachmentKind.PICTURE)


def _made_small(file):
    if file.size > PICTURE_BYTES:
        message = _("This file has %(size)s; at most %(limit)s can be added.")
        raise ValidationError(message % {"size": filesizeformat(file.size), "limit": filesizeformat(PICTURE_BYTES)}, code="file_size")
    picture, kind = read_picture(file)
    small, _bounds = scaled(picture, kind, PHOTO_PIXELS)
    small.name = f"photo.{kind.lower()}"
    return small


def profile_for(user):
    """The profile to be edited; an unsaved one that shows nothing to nobody for who has none."""
    return Profile.objects.filter(user=user).prefetch_related("themes", "municipalities", "tags").first() or Profile(user=user)
