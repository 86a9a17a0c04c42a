"""Bringing a table up to date with rows of facts."""

from typing import NamedTuple

from common.staleness import mark_stale


class Changes(NamedTuple):
    """How many rows were made, altered and left as they were."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0


def sync_rows(model, key, rows):
    """Make and update rows of `model` so that it holds `rows` (dictionaries), found by the fields named in `key`.

    One SELECT, and one INSERT and one UPDATE where there is something to write. What is not in `rows` stays; what stands on
    an altered row is marked as stale. Call it in a transaction.
    """
    present = {tuple(getattr(one, name) for name in key): one for one in model._default_manager.all()}
    new, altered = [], []
    for row in rows:
        one = present.get(tuple(row[name] for name in key))
        if one is None:
            new.append(model(**row))
        elif any(getattr(one, name) != value for name, value in row.items()):
            for name, value in row.items():
                setattr(one, name, value)
            altered.append(one)
    model._default_manager.bulk_create(new)
    if altered:
        fields = {model._meta.get_field(name).name for row in rows[:1] for name in row if name not in key}
        model._default_manager.bulk_update(altered, sorted(fields))
        mark_stale(*altered)
    return Changes(created=len(new), updated=len(altered), unchanged=len(rows) - len(new) - len(altered))
