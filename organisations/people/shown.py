"""Members as others see them: each part for those it is shown to. Read for many at once in a constant number of queries."""

from dataclasses import dataclass, field

from members.models import Photo
from members.rules import can_see_part
from organisations.models import Membership
from organisations.people.actions import photos_of


@dataclass
class Person:
    """One member for one reader; what the reader may not see is empty."""

    profile: object
    photo: object = None
    memberships: list = field(default_factory=list)
    themes: list = field(default_factory=list)
    municipalities: list = field(default_factory=list)

    @property
    def name(self):
        return self.profile.user.get_full_name()

    @property
    def organisation(self):
        """What stands beside the name: the chosen one, else the only one."""
        chosen = [row for row in self.memberships if row.is_main] or (self.memberships if len(self.memberships) == 1 else [])
        return chosen[0].organisation if chosen else None

    def get_absolute_url(self):
        return self.profile.get_absolute_url()


def shown(profiles, reader, *, interests=True):
    """[Person] of `profiles` (with `user`; for `interests` with themes and municipalities prefetched), in their order."""
    profiles = list(profiles)
    people = {profile.pk: Person(profile) for profile in profiles}
    _add_memberships(people, profiles, reader)
    _add_photos(people, profiles, reader)
    for profile in profiles:
        if interests and can_see_part(reader, profile, "interests"):
            people[profile.pk].themes = list(profile.themes.all())
            people[profile.pk].municipalities = list(profile.municipalities.all())
    return [people[profile.pk] for profile in profiles]


def _add_memberships(people, profiles, reader):
    of_user = {profile.user_id: people[profile.pk] for profile in profiles if can_see_part(reader, profile, "organisations")}
    rows = Membership.objects.filter(user__in=of_user, organisation__verified_at__isnull=False).select_related("organisation")
    for row in rows.order_by("-is_main", "organisation__name", "pk"):
        of_user[row.user_id].memberships.append(row)


def _add_photos(people, profiles, reader):
    seen = {profile.pk for profile in profiles if can_see_part(reader, profile, "photo")}
    owners = dict(Photo.objects.filter(profile__in=seen).values_list("pk", "profile"))
    for picture in photos_of(owners):
        people[owners[picture.target_id]].photo = picture
