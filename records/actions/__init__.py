"""Writing records about other nouns: who did what, files, versions, who is at work."""

from records.actions.assigning import assign_to, assigned_moderator
from records.actions.attaching import add_attachment, change_attachment, move_attachment, remove_attachment
from records.actions.auditing import audit, audit_many, erasing
from records.actions.versions import end_editing, keep_version, note_editing, others_editing

__all__ = [
    "add_attachment", "assign_to", "assigned_moderator", "audit", "audit_many", "change_attachment", "end_editing", "erasing",
    "keep_version", "move_attachment", "note_editing", "others_editing", "remove_attachment",
]  # fmt: skip
