"""What a member's page is called: its address and the words it is found by follow the member's name."""

from django.db import IntegrityError, transaction

from common.slugs import insert_with_slug, next_slug, slug_base
from members.models import Profile

NOUN = "person"


def profile_of(user):
    """The member's profile; one that shows nothing to nobody where there was none. Call in a transaction with the member locked."""
    profile = Profile.objects.filter(user=user).first()
    if profile is None:
        profile = insert_with_slug(Profile(user=user, keywords=user.name), user.name, noun=NOUN)
    return profile


def follow_name(user):
    """After a change of name: a new address, the old one leading on, and other words to be found by. Call in the verb's transaction."""
    profile = Profile.objects.select_for_update().filter(user=user).first()
    if profile is None:
        return
    base = slug_base(user.name, NOUN) or f"{NOUN}-{profile.pk}"
    profile.keywords = keywords_of(profile)
    profile.save(update_fields=["keywords", "updated_at"])
    if base != profile.slug and not profile.slug.removeprefix(base).lstrip("-").isdigit():
        _move(profile, base)


def _move(profile, base):
    """To a new address. Where somebody of the same name takes it in this moment, the old one stays until the next change."""
    former = profile.slug
    profile.slug = next_slug(Profile, base)
    profile.former_slugs = [slug for slug in [*profile.former_slugs, former] if slug != profile.slug]
    try:
        with transaction.atomic():
            profile.save(update_fields=["slug", "former_slugs"])
    except IntegrityError:
        profile.slug = former


def keywords_of(profile):
    """Name and headline: what everybody who finds the page may read."""
    return ". ".join(part for part in (profile.user.name, profile.headline) if part)
