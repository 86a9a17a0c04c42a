"""What can be done in discussions. Each verb holds the noun, changes the state, records and tells, in one transaction."""

from discussions.actions.leading import close, mark_answer, pin, remove_thread, reopen, unmark_answer, unpin
from discussions.actions.reading import mark_all_read, mark_read
from discussions.actions.sending import Brought, Sent, discard_draft, keep_draft, send
from discussions.actions.writing import edit, find_useful, remove, start, take_back_useful, write

__all__ = [
    "Brought", "Sent", "close", "discard_draft", "edit", "find_useful", "keep_draft", "mark_all_read", "mark_answer", "mark_read",
    "pin", "remove", "remove_thread", "reopen", "send", "start", "take_back_useful", "unmark_answer", "unpin", "write",
]  # fmt: skip
