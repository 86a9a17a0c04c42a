"""What a post looks like to one reader: its text with the names in it, its pictures and files, what it answers. In a fixed number
of queries, however many posts there are."""

from collections import defaultdict

from django.contrib.contenttypes.models import ContentType
from django.db.models import Prefetch
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from common.rich_text import render_story
from conversations.models import Post
from discussions.mentions import Called, as_plain_words
from discussions.models import Mention
from members.models import Profile
from records.files import described
from records.models import Attachment, AttachmentKind

EXCERPT = 280


def add_parts(posts, reader):
    """Give each of `posts`, a list, its `html`, `pictures`, `documents` and `excerpt_of_quoted`."""
    files, called = files_of(posts), _called_in(posts, reader)
    for post in posts:
        post.html = "" if post.is_removed else render_story(post.text, called[post.pk])
        hung = [] if post.is_removed else files[post.pk]
        post.pictures = [one for one in hung if one.kind == AttachmentKind.PICTURE]
        post.documents = [(one, described(one)) for one in hung if one.kind != AttachmentKind.PICTURE]
        post.excerpt_of_quoted = excerpt(post.quoted) if post.quoted_id else ""
        post.author_of_quoted = author_name(post.quoted) if post.quoted_id else ""
    return posts


def author_name(post):
    return post.author.shown_name if post.author else _("Former member")


def excerpt(post):
    """The beginning of a post on one line; "" for one that was taken away."""
    if post.is_removed:
        return ""
    return Truncator(" ".join(as_plain_words(post.text[: 4 * EXCERPT]).split())).chars(EXCERPT)


def files_of(nouns, model=Post):
    """`{primary key: attachments}` of posts, or of drafts."""
    found = defaultdict(list)
    kind, keys = ContentType.objects.get_for_model(model), [noun.pk for noun in nouns]
    for one in Attachment.objects.filter(target_type=kind, target_id__in=keys).order_by("position", "pk") if keys else ():
        found[one.target_id].append(one)
    return found


def _called_in(posts, reader):
    """`{primary key: Called}`: who is called by name in each post, with the pages that the reader may see."""
    links, own = defaultdict(dict), defaultdict(set)
    pages = Prefetch("user__profile", queryset=Profile.objects.visible_to(reader).only("pk", "user", "slug"))
    named = [post.pk for post in posts if "@[" in post.text]
    for row in Mention.objects.filter(post__in=named).select_related("user").prefetch_related(pages) if named else ():
        profile = getattr(row.user, "profile", None)
        links[row.post_id][row.name] = profile.get_absolute_url() if profile else ""
        if row.user_id == reader.pk:
            own[row.post_id].add(row.name)
    return {post.pk: Called(links[post.pk], frozenset(own[post.pk])) for post in posts}
