"""Demo files and links of working groups, brought in by the verbs at the time they would have been added."""

import uuid
from datetime import timedelta

from portal.demo.content import read, tidy
from portal.demo.papers import paper
from workinggroups import actions

_KEYS = uuid.UUID("5f0c6d3a-2d0e-4c58-9f6e-0d7b4b1c9a11")


def seed_resources(group, key, people, now):
    """What stands in `resources.toml` for the group called `key` there."""
    folders = {}
    for row in read("resources.toml")["resource"]:
        if row["group"] == key:
            _make(group, row, _folder(group, row.get("folder", ""), folders, people[row["by"]]), people, now)


def _folder(group, path, known, by):
    """The folder of a path such as “Målinger/2025”, made with those above it; None for the top."""
    if not path:
        return None
    if path not in known:
        above, _slash, name = path.rpartition("/")
        known[path] = actions.make_folder(group, name, by=by, parent=_folder(group, above, known, by))
    return known[path]


def _make(group, row, folder, people, now):
    said = {
        "title": row["title"], "description": tidy(row.get("description", ""), row["language"]), "language": row["language"],
        "audience": row["audience"], "folder": folder, "by": people[row["by"]], "now": now - timedelta(days=row["days"]),
    }  # fmt: skip
    if "url" in row:
        actions.add_link(group, row["url"], key=_key(group, row["title"]), **said)
        return
    made = actions.add_file(group, paper(row["file"], row["text"]), key=_key(group, row["title"]), **said)
    for version in row.get("version", ()):
        actions.add_version(
            made, paper(row["file"], version["text"]), by=people[version["by"]], key=_key(group, row["title"], version["note"]),
            note=version["note"], now=now - timedelta(days=version["days"]),
        )  # fmt: skip


def _key(group, *words):
    return uuid.uuid5(_KEYS, "/".join((group.source_key, *words)))
