"""Search data of composed projects, made before they are copied.

`projects.indexing` has the last word and writes what differs; where nothing does, no row is written and no vector made
twice, which is half of the time of a large seeding.
"""


class SearchWords:
    """Facet terms and keywords as `projects.indexing` writes them. `owners`: `{pk: (slug, name)}`; `themes`: rows of `Theme`."""

    def __init__(self, owners, places, themes):
        self.owners = owners
        self.places = {place.pk: _joined([place.name, *place.names.values(), *place.region.names.values()]) for place in places}
        self.themes = {theme.slug: _joined(theme.search_words()) for theme in themes}

    def terms(self, draft, partners, tags):
        """Sorted terms: one for each value of each facet. `tags`: rows of `Tag`; `partners`: pks of organisations."""
        place = draft.place
        terms = {f"kind:{draft.kind}", f"phase:{draft.phase}", f"country:{place.country}"}
        terms |= {f"municipality:{place.slug}", f"region:{place.region.slug}"}
        terms |= {f"theme:{slug}" for slug in draft.themes} | {f"tag:{tag.slug}" for tag in tags}
        return sorted(terms | {f"organisation:{self.owners[pk][0]}" for pk in partners})

    def keywords(self, draft, partners, tags):
        """Names of who takes part, where it is, what it is about, in this order."""
        groups = (
            {self.owners[pk][1] for pk in partners},
            {self.places[draft.place.pk]},
            {tag.name for tag in tags},
            {self.themes[slug] for slug in draft.themes},
        )
        return ", ".join(word for group in groups for word in sorted(group))


def _joined(words):
    return ", ".join(sorted({word for word in words if word}))
