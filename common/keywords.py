"""Keywords: words of what stands below a noun, kept beside its texts so that search finds it by them.

A noun's module `indexing` says which words those are. Rows that are right already are not written again.
"""

A_CHUNK = 500


def chunks(ids):
    """Primary keys in lists of a few hundred: the number of queries of each stays the same."""
    ids = list(ids)
    return (ids[start : start + A_CHUNK] for start in range(0, len(ids), A_CHUNK))


def reworded(texts, words):
    """The texts whose keywords are others now, with the new ones."""
    joined = ", ".join(dict.fromkeys(word for word in words if word))
    changed = [text for text in texts if text.keywords != joined]
    for text in changed:
        text.keywords = joined
    return changed


def write_keywords(rows, keywords):
    """Write what `keywords(row)` yields to the texts of these rows, a queryset with what it reads; they are stale no more."""
    texts = rows.model._meta.get_field("texts").related_model
    texts.objects.bulk_update([text for row in rows for text in reworded(row.texts.all(), keywords(row))], ["keywords"])
    unmark(rows.model._base_manager.filter(pk__in=[row.pk for row in rows]))


def unmark(rows):
    rows.filter(index_stale=True).update(index_stale=False)


def stale_keys(model, key="pk"):
    """Primary keys of what was marked as stale, the oldest first."""
    return list(model._base_manager.filter(index_stale=True).order_by(key).values_list(key, flat=True)[: 20 * A_CHUNK])
