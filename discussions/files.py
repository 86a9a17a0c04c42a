"""Pictures and documents of posts. They are taken in with the draft, so that nothing is lost while its author mends something else,
and go out with it."""

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from conversations.models import Post
from records.actions import add_attachment, change_attachment, remove_attachment
from records.models import Attachment, AttachmentKind

#: So many hang on one post.
MOST = 10


def files_on(noun):
    return list(Attachment.objects.about(noun))


def add_files(noun, files, *, by, descriptions=()):
    """Take in uploaded files, each on its own, with what their pictures show; returns what is wrong with those that are refused."""
    refused, room = [], MOST - Attachment.objects.about(noun).count()
    descriptions = [*descriptions, *[""] * len(files)]
    for file, words in zip(files, descriptions, strict=False):
        if room <= 0:
            refused.append(_("A post holds at most %(most)d files. “%(name)s” was not added.") % {"most": MOST, "name": file.name})
            continue
        try:
            with transaction.atomic():
                add_attachment(noun, file, by=by, alt=words, undescribed=True)
            room -= 1
        except ValidationError as error:
            refused += [_("%(name)s: %(reason)s") % {"name": file.name, "reason": message} for message in error.messages]
    return refused


def change_files(noun, *, by, descriptions=None, without=()):
    """Say what pictures show, by their uuid, and take files away; returns what is wrong."""
    refused, descriptions = [], descriptions or {}
    for one in files_on(noun):
        if str(one.uuid) in without:
            remove_attachment(one, by=by)
        elif one.kind == AttachmentKind.PICTURE and descriptions.get(str(one.uuid), "").strip():
            try:
                change_attachment(one, by=by, alt=descriptions[str(one.uuid)])
            except ValidationError as error:
                refused += [_("%(name)s: %(reason)s") % {"name": one.name, "reason": message} for message in error.messages]
    return refused


def undescribed(noun):
    """What to say about pictures that nobody has described yet."""
    missing = Attachment.objects.about(noun).filter(kind=AttachmentKind.PICTURE, alt="")
    return [_("Describe the picture “%(name)s” for people who do not see it.") % {"name": one.name} for one in missing]


def send_out(draft, post):
    """The files of a draft, if there is one, hang on the post from now on."""
    if draft is None:
        return 0
    kind = ContentType.objects.get_for_model(Post)
    return Attachment.objects.about(draft).update(target_type=kind, target_id=post.pk)


def discard_files(noun, *, by):
    for one in files_on(noun):
        remove_attachment(one, by=by)
