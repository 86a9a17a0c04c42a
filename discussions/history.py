"""What a post said before, version by version, with what was changed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from common.differences import merged
from conversations.models import PostVersion


@dataclass(frozen=True)
class Shown:
    """One version: since when the post said so, and its words, those of the version before that went struck out."""

    number: int
    at: datetime
    language: str
    words: Any
    is_now: bool


def versions_of(post):
    """The newest first."""
    before = list(PostVersion.objects.filter(post=post).order_by("number"))
    said = [(one.text, one.language, one.written_at) for one in before] + [(post.text, post.language, post.edited_at or post.created_at)]
    texts = ["", *(text for text, _language, _at in said)]
    rows = [
        Shown(number, at, language, merged(texts[number - 1], text) if number > 1 else text, number == len(said))
        for number, (text, language, at) in enumerate(said, 1)
    ]
    return rows[::-1]
