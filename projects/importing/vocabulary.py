"""What rows name of the taxonomy, found in memory: read once for each import."""

from collections import Counter

from projects.importing.values import word_key
from taxonomy.models import Goal, Municipality, Theme

#: Parts of joined theme names (`environment_water_waste`) that are no word of a theme, and the themes they stand for.
_BROADER = {
    "urban": ["planning"], "environment": ["water", "waste", "air"], "climate": ["energy"], "innovation": ["governance"],
    "business": ["governance"], "digital": ["data"], "citizen": ["citizens"], "welfare": ["health"],
}  # fmt: skip
#: A project about everything is found by nobody.
DERIVED_LIMIT = 3
_NEAR = 0.02  # degrees: about the width of a town; nearer to the centre is no point of its own


class Vocabulary:
    """Municipalities, themes and goals by what files call them; primary keys come out."""

    def __init__(self):
        self._municipalities, self._centres = {}, {}
        for one in Municipality.objects.only("country", "code", "name", "names", "latitude", "longitude"):
            for word in (one.code, *one.search_words()):
                self._municipalities.setdefault(word_key(word), []).append((one.country, one.pk))
            self._centres[one.pk] = one.latitude, one.longitude
        themes = Theme.objects.all()
        self._themes = {word_key(word): theme.pk for word, theme in reversed(themes.by_word().items())}
        self._slugs = {theme.slug: theme.pk for theme in themes}
        self._synonyms = {theme.pk: [word.casefold() for word in theme.search_words() if len(word) > 3] for theme in themes}
        self._goals = {str(goal.number): goal.pk for goal in Goal.objects.only("number")}

    def municipality(self, text, country=""):
        """By official code (leading zeros may be lost) or by name in any language; the row's country decides between two."""
        key = text.strip().zfill(4) if text.strip().isdigit() else word_key(text)
        found = self._municipalities.get(key, [])
        return next((pk for its_country, pk in found if its_country == country), found[0][1] if found else None)

    def is_centre(self, places, latitude, longitude):
        """Whether a point is only the middle of one of these municipalities, which the portal knows anyway."""
        centres = (self._centres[place] for place in places)
        return any(abs(latitude - centre[0]) < _NEAR and abs(longitude - centre[1]) < _NEAR for centre in centres)

    def theme(self, text):
        """By slug, name or synonym in any language."""
        return self._themes.get(word_key(text))

    def themes_derived(self, names, text):
        """Themes for the joined names of other vocabularies (`lighting_safety_infra`), as far as `text` speaks of them.

        At most three, those spoken of most first; without any such word, the first that the names suggest.
        """
        suggested = []
        for name in names:
            for word in name.split("_"):
                pks = [self._slugs[slug] for slug in _BROADER.get(word, []) if slug in self._slugs]
                suggested.extend(pks or [pk for pk in [self.theme(word)] if pk])
        suggested = list(dict.fromkeys(suggested))
        text = text.casefold()
        spoken = Counter({pk: sum(text.count(word) for word in self._synonyms[pk]) for pk in suggested})
        chosen = [pk for pk, times in spoken.most_common(DERIVED_LIMIT) if times]
        return chosen or suggested[:1]

    def goal(self, text):
        """By number: `7`, `SDG 7`."""
        return self._goals.get(text.upper().removeprefix("SDG").strip().removesuffix(".0"))
