"""Who is called by name in a post, kept with it."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from common.text import clean_text
from discussions.hosts import host_of
from discussions.mentions import MOST, names_in, people_called
from discussions.models import Mention


def check_names(text):
    """Raises `ValidationError` where more people are called than one talks to in one post, or the text cannot be kept at all."""
    if len(names_in(clean_text(text))) > MOST:
        raise ValidationError({"text": _("You mention more than %(most)d people. Mention those whom it concerns.") % {"most": MOST}})


def keep_names(post):
    """Keep who is called in the post as it reads now; returns the members who were not called before.

    `post.unknown` are names that mean nobody, or several, of those who belong to the place.
    """
    names = names_in(post.text)
    called = people_called(names, host_of(post.thread.target).people(post.thread.target))
    post.unknown = [name for name in names if name not in called]
    before = {row.user_id for row in post.mentions.all()}
    post.mentions.exclude(name__in=called).delete()
    rows = [Mention(post=post, user=user, name=name) for name, user in called.items()]
    Mention.objects.bulk_create(rows, update_conflicts=True, update_fields=["user"], unique_fields=["post", "name"])
    return [user for user in {user.pk: user for user in called.values()}.values() if user.pk not in before and user.pk != post.author_id]
