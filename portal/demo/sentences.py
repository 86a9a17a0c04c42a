"""Projects put together from a vocabulary: grammatical, all different, the same on every machine."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from common.formats import NBSP
from portal.demo.content import read
from projects.enums import Kind, Phase

LANGUAGES = ("en", "da", "sv")
#: Places one is *on* rather than *in*.
_ON = {"en": {"Bornholm", "Lolland"}, "da": {"Bornholm", "Lolland", "Stevns"}, "sv": {"Bornholm", "Lolland"}}
_IN = {"en": ("in", "on"), "da": ("i", "på"), "sv": ("i", "på")}
_OWN = {"DK": ("da", "DKK"), "SE": ("sv", "SEK")}
_FUTURE = (Phase.IDEA, Phase.PLANNING)
_GROUPING = {"en": ",", "da": ".", "sv": NBSP}
_PHASES = [*Phase.values[:2], *Phase.values[2:5] * 3, Phase.STOPPED]


@dataclass
class Draft:
    """A composed project: plain values, no rows yet. `texts` has the original first."""

    number: int
    place: object
    themes: list
    kind: str
    phase: str
    start: date
    end: date
    budget: int
    currency: str
    language: str
    stopped_reason: str = ""
    texts: list = field(default_factory=list)
    tags: list = field(default_factory=list)
    measured: tuple = ()


def compose(number, places, seen_from):
    """The project of this number; `seen_from` is the day its dates lie around."""
    dice = Random(number)  # noqa: S311 - chosen for being the same every time
    words = read("bulk.toml")
    place, themes = dice.choice(places), _themes(dice, words)
    own, currency = _OWN.get(place.country, ("en", "EUR"))
    language = own if dice.random() < 0.8 else "en"
    start = seen_from - timedelta(days=dice.randrange(-300, 1800))
    draft = Draft(
        number=number, place=place, themes=themes, kind=dice.choice(Kind.values), phase=dice.choice(_PHASES), start=start,
        end=start + timedelta(days=dice.randrange(300, 1400)), budget=dice.randrange(4, 900) * 50_000, currency=currency,
        language=language, tags=dice.sample(words["tags"][language], dice.randrange(1, 4)),
    )  # fmt: skip
    before = dice.randrange(20, 400)
    draft.measured = (before, before // 2, before - dice.randrange(-before // 8, before // 2 + 1))
    picks = _picks(dice, words, themes[0])
    languages = [language] if language == "en" or dice.random() < 0.8 else [language, "en"]
    if draft.phase == Phase.STOPPED:
        draft.stopped_reason = dice.choice(words["text"][language]["stopped"])
    draft.texts = [(each, *_written(each, draft, picks)) for each in languages]
    return draft


def _themes(dice, words):
    slugs = list(words["solutions"])
    # Some themes are larger than others, in life as here.
    first = slugs[min(dice.randrange(len(slugs)), dice.randrange(len(slugs)))]
    others = dice.sample(slugs, dice.choice((0, 0, 0, 1, 1, 2)))
    return list(dict.fromkeys([first, *others]))


def _picks(dice, words, theme):
    """The phrases and numbers of a project, chosen once for all its languages."""
    solution = dice.choice(words["solutions"][theme])
    sizes = {name: len(words["text"]["en"][name]) for name in ("summaries", "why", "before", "after", "went", "cost")}
    return {
        "solution": solution[1:], "place": dice.choice(words["places"][solution[0]]), "aim": dice.choice(words["aims"][theme]),
        "n": dice.randrange(20, 900), "m": dice.randrange(4, 140), "months": dice.randrange(3, 25), "p": dice.randrange(12, 78),
        "advice": dice.sample(range(len(words["text"]["en"]["advice"])), 2),
        "at": {name: dice.randrange(size) for name, size in sizes.items()},
    }  # fmt: skip


def _written(language, draft, picks):
    """(title, summary, story) in a language."""
    words, place = read("bulk.toml")["text"][language], LANGUAGES.index(language)
    town = draft.place.names.get(language) or draft.place.name
    values = {name: picks[name] for name in ("n", "m", "months", "p")}
    solution = picks["solution"][place]
    values |= {
        "solution": solution, "Solution": solution[0].upper() + solution[1:], "place": picks["place"][place],
        "aim": picks["aim"][place], "where": f"{_IN[language][town in _ON[language]]} {town}",
        "cost": _money(draft.budget, draft.currency, language), "u": _money(draft.budget // 25, draft.currency, language),
    }  # fmt: skip

    def said(name):
        return words[name][picks["at"][name]].format(**values)

    heads, advice = words["heads"], " ".join(words["advice"][which] for which in picks["advice"])
    tried = said("before" if draft.phase in _FUTURE else "after")
    parts = [(heads[0], said("why")), (heads[1], tried)]
    if draft.phase not in _FUTURE:
        parts.append((heads[2], said("went")))
    # What lies ahead has a frame, not yet a price.
    cost = words["cost"][0].format(**values) if draft.phase in _FUTURE else said("cost")
    parts.append((heads[3], f"{cost} {advice}"))
    story = "\n\n".join(f"## {head}\n\n{text}" for head, text in parts)
    return words["title"].format(**values), _sentence(said("summaries")), f"{story}\n\n{read('notice.toml')[language]}"


def _sentence(text):
    """A summary ends a clause that a comma left open."""
    return text.replace(",.", ".").replace(",,", ",").replace(",?", "?")


def _money(amount, currency, language):
    number = f"{amount:,}".replace(",", _GROUPING[language])
    return f"{currency} {number}" if language == "en" else f"{number} {currency}"
