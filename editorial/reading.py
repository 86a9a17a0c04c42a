"""How long a text takes to read."""

import math

from django.utils.html import strip_tags

#: Words a minute. Source: Brysbaert 2019, silent reading of non-fiction in English: 238; a little less for technical texts.
WORDS_A_MINUTE = 220


def minutes_to_read(*texts):
    """Whole minutes for texts or stream fields, at least one."""
    words = sum(len(strip_tags(str(text)).split()) for text in texts)
    return max(1, math.ceil(words / WORDS_A_MINUTE))
