"""What a post said before, version by version, with what was changed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from common.differences import merged
from conversations.models import PostVersion

MOST = 40


@dataclass(frozen=True)
class Shown:
    """One version: since when the post said so, and its words, those of the version before that went struck out."""

    number: int
    at: datetime
    language: str
    words: Any
    is_now: bool


def versions_of(post):
    """The newest first, at most `MOST` besides what it says now; the oldest of them is shown whole."""
    before = list(PostVersion.objects.filter(post=post).order_by("-number")[:MOST])[::-1]
    said = [(one.text, one.language, one.written_at) for one in before] + [(post.text, post.language, post.edited_at or post.created_at)]
    texts = ["", *(text for text, _language, _at in said)]
    first = before[0].number if before else 1
    rows = [
        Shown(first + place - 1, at, language, merged(texts[place - 1], text) if place > 1 else text, place == len(said))
        for place, (text, language, at) in enumerate(said, 1)
    ]
    return rows[::-1]
