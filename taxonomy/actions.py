"""What editors do with free tags. Who may is asked by the doors.

Nouns above are found through `common.staleness`; the actor is written to the log, since the records of nouns stand above.
"""

import logging

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from common.staleness import mark_stale
from taxonomy.models import Tag, TaggedNoun
from taxonomy.tags import clean_tags

logger = logging.getLogger(__name__)


def rename_tag(tag, name, *, by):
    """Give `tag` another spelling; its address stays. What carries it is found by the new word.

    Raises `ValidationError` where no word is left or another tag has the name: those two are merged instead.
    """
    cleaned = clean_tags([name])
    if not cleaned:
        raise ValidationError(_("A tag needs at least one letter or digit."))
    if Tag.objects.named(cleaned).exclude(pk=tag.pk).exists():
        raise ValidationError(_("There is a tag “%(name)s” already. Merge the two instead.") % {"name": cleaned[0]})
    with transaction.atomic():
        before, tag.name = tag.name, cleaned[0]
        tag.save(update_fields=["name"])
        mark_stale(tag)
    logger.info("tag renamed", extra={"tag": tag.pk, "before": before, "after": tag.name, "by": by and by.pk})


def merge_tags(keep, gone, *, by):
    """Everything tagged `gone` is tagged `keep`, and `gone` is deleted. Returns how many nouns took the other tag.

    A noun that carries both keeps one. Search words and facets of all of them are marked as stale in the same transaction.
    """
    if keep.pk == gone.pk:
        raise ValidationError(_("A tag cannot be merged with itself."))
    with transaction.atomic():
        list(Tag.objects.select_for_update().filter(pk__in=[keep.pk, gone.pk]).order_by("pk"))
        mark_stale(gone)
        kept = TaggedNoun.objects.filter(tag=keep)
        moved = TaggedNoun.objects.filter(tag=gone)
        for noun, ids in _by_noun(kept).items():
            moved = moved.exclude(content_type=noun, object_id__in=ids)
        count = moved.update(tag=keep)
        name = gone.name
        gone.delete()
    logger.info("tags merged", extra={"kept": keep.pk, "gone": name, "nouns": count, "by": by and by.pk})
    return count


def _by_noun(tagged):
    ids = {}
    for noun, pk in tagged.values_list("content_type", "object_id"):
        ids.setdefault(noun, []).append(pk)
    return ids
