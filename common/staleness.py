"""What was renamed below is found again above.

A noun whose search data is derived from others has a field `index_stale` and names in `index_sources` the paths they come
from (`"themes"`, `"sites__municipality"`). Whoever renames or merges something calls `mark_stale`; the noun's own task
refreshes what is marked. So taxonomy and organisations need not know who stands on them.
"""

from django.apps import apps


def _paths_to(model, source):
    """The index paths of `model` that lead to instances of `source`."""
    for path in getattr(model, "index_sources", ()):
        target = model
        for step in path.split("__"):
            target = target._meta.get_field(step).related_model
        if target is source:
            yield path


def mark_stale(*nouns):
    """Mark everything whose search data is derived from these nouns; call it inside the transaction that changes them.

    One statement for each path, however many nouns of one kind there are. Returns how many rows were marked.
    """
    marked = 0
    for kind in {type(noun) for noun in nouns}:
        of_kind = [noun for noun in nouns if type(noun) is kind]
        for model in apps.get_models():
            for path in _paths_to(model, kind):
                found = model._base_manager.filter(**{f"{path}__in": of_kind}).values("pk")
                marked += model._base_manager.filter(pk__in=found, index_stale=False).update(index_stale=True)
    return marked
