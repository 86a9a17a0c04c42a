import factory
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Permission
from django.utils import timezone

from members.models import Profile, User


class UserFactory(factory.django.DjangoModelFactory):
    """A member who may act. `suspended=True` and `moderator=True` say the rest."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence("member{}@example.org".format)
    name = factory.Sequence("Member {}".format)
    password = factory.LazyFunction(lambda: make_password(None))
    terms_version = factory.LazyFunction(lambda: settings.PORTAL["terms_version"])

    class Params:
        suspended = factory.Trait(suspended_at=factory.LazyFunction(timezone.now))

    @factory.post_generation
    def moderator(self, create, wanted, **_kwargs):
        if wanted:
            self.user_permissions.add(Permission.objects.get(codename="moderate", content_type__app_label="members"))


class ProfileFactory(factory.django.DjangoModelFactory):
    """A page that everybody finds, each part shown to everybody unless said otherwise."""

    class Meta:
        model = Profile
        skip_postgeneration_save = True

    user = factory.SubFactory(UserFactory)
    slug = factory.Sequence("person-under-test-{}".format)
    headline = "Counts things"
    text_language = "en"
    keywords = factory.LazyAttribute(lambda profile: f"{profile.user.name}. {profile.headline}")
    listed_to = about_to = photo_to = organisations_to = interests_to = languages_to = email_to = "everybody"

    @factory.post_generation
    def themes(self, create, wanted, **_kwargs):
        self.themes.set(wanted or ())

    @factory.post_generation
    def municipalities(self, create, wanted, **_kwargs):
        self.municipalities.set(wanted or ())
