"""What can be done with questions, threads and posts. The states only: who is told, and what is recorded, is written above."""

from conversations.actions.drafts import discard_draft, draft_of, keep_draft
from conversations.actions.posts import edit_post, mark_useful, remove_post, unmark_useful, write_post
from conversations.actions.questions import (
    CONFIRM_WITHIN,
    answer,
    approve,
    ask,
    confirm,
    forget_address,
    forget_unconfirmed,
    hash_of,
    hide,
    refuse,
    revision_of,
    unconfirmed,
)
from conversations.actions.reading import mark_all_read, mark_read
from conversations.actions.threads import (
    close,
    mark_answer,
    messages_of,
    pin,
    remove_thread,
    reopen,
    start_thread,
    unmark_answer,
    unpin,
)

__all__ = [
    "CONFIRM_WITHIN", "answer", "approve", "ask", "close", "confirm", "discard_draft", "draft_of", "edit_post", "forget_address",
    "forget_unconfirmed", "hash_of", "hide", "keep_draft", "mark_all_read", "mark_answer", "mark_read", "mark_useful", "messages_of",
    "pin", "refuse", "remove_post", "remove_thread", "reopen", "revision_of", "start_thread", "unconfirmed", "unmark_answer",
    "unmark_useful", "unpin", "write_post",
]  # fmt: skip
