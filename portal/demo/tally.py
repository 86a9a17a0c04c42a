"""Counting what was made and what was there already."""

from collections import Counter


class Tally:
    """Counts by noun; its words are the last line of the command."""

    def __init__(self):
        self.made, self.present = Counter(), Counter()

    def note(self, noun, *, made, number=1):
        (self.made if made else self.present)[noun] += number

    def __str__(self):
        nouns = sorted({*self.made, *self.present})
        counts = [f"{noun}={self.made[noun] + self.present[noun]}" for noun in nouns]
        return " ".join([*counts, f"created={self.made.total()} unchanged={self.present.total()}"])
