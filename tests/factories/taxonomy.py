import factory

from taxonomy.models import Goal, Municipality, Region, Theme


class ThemeFactory(factory.django.DjangoModelFactory):
    """A theme of the reference data by its slug: `ThemeFactory(slug="energy")` twice is one theme."""

    class Meta:
        model = Theme
        django_get_or_create = ("slug",)

    slug = factory.Iterator(["energy", "water", "lighting", "mobility", "data", "air"])
    names = factory.LazyAttribute(lambda theme: {"en": theme.slug.capitalize()})


class GoalFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Goal
        django_get_or_create = ("number",)

    number = factory.Iterator(range(1, 18))
    names = factory.LazyAttribute(lambda goal: {"en": f"Goal {goal.number}"})
    colour = "#123456"


class RegionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Region
        django_get_or_create = ("country", "code")

    country = "DK"
    code = "9084"
    slug = factory.LazyAttribute(lambda region: f"region-{region.country}-{region.code}".lower())
    names = factory.LazyAttribute(lambda region: {"en": f"Region {region.code}"})


class MunicipalityFactory(factory.django.DjangoModelFactory):
    """A municipality that is in no official list: its code has the letter T."""

    class Meta:
        model = Municipality

    country = "DK"
    code = factory.Sequence("T{:03d}".format)
    name = factory.Sequence("Testby {}".format)
    slug = factory.Sequence("testby-{}".format)
    region = factory.SubFactory(RegionFactory)
    latitude = 55.6
    longitude = 12.4
    in_portal = True
