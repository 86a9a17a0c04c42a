"""The words of members' pages about themselves, as in docs/concepts.md."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Audience(models.TextChoices):
    """Who sees a page about a member, or a part of it."""

    EVERYBODY = "everybody", pgettext_lazy("audience", "Everybody")
    MEMBERS = "members", pgettext_lazy("audience", "Members")
    NOBODY = "nobody", pgettext_lazy("audience", "Nobody")


#: Parts of a profile with an audience of their own; never wider than that of the whole page.
PARTS = ("about", "photo", "organisations", "interests", "languages", "email")
