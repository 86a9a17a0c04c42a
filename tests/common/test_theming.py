import re

import pytest

from common.colour import contrast
from common.css_colours import DARK_MEDIA, compiled, recoloured
from common.static_css import tokens
from common.theming import MAX_CHROMA, colours_mark, stylesheet, valid_colours

PAIRS = [  # text on ground, least contrast (WCAG 2.2 AA: 4.5 for text, 3 for borders of controls)
    ("--brand", "--ground", 4.5),
    ("--brand", "--paper", 4.5),
    ("--brand", "--ground-2", 4.5),
    ("--on-brand", "--brand", 4.5),
    ("--on-brand", "--brand-strong", 4.5),
    ("--brand-strong", "--brand-soft", 4.5),
    ("--accent", "--accent-soft", 4.5),
    ("--ink", "--ground", 7),
    ("--ink-2", "--ground-2", 4.5),
    ("--ink-2", "--paper", 4.5),
    ("--on-deep-2", "--deep", 4.5),
    ("--line-strong", "--paper", 3),
    ("--error", "--paper", 4.5),
]


def schemes(css):
    light, _, dark = css.partition(DARK_MEDIA)
    colours = dict(re.findall(r"(--[\w-]+):(#[0-9a-f]+)", light))
    return colours, colours | dict(re.findall(r"(--[\w-]+):(#[0-9a-f]+)", dark))


@pytest.mark.parametrize("chroma", ["0", ".078", str(MAX_CHROMA)])
@pytest.mark.parametrize("hue", range(0, 360, 10))
def test_text_can_be_read_whatever_the_operators_hue(hue, chroma):
    roots = tokens().partition("}")[0] + "}"
    shipped = schemes(compiled(roots + ".theme,.kind{--h:0}"))
    changed = schemes(recoloured(tokens(), {"--brand-h": hue, "--brand-c": chroma, "--accent-h": hue}))
    for base, change in zip(shipped, changed, strict=True):
        colours = base | change
        low = [pair for pair in PAIRS if contrast(colours[pair[0]], colours[pair[1]]) < pair[2]]
        assert low == []


@pytest.mark.parametrize("scheme", [0, 1])
def test_each_theme_can_be_read_on_its_own_ground(scheme):
    css = compiled(tokens())
    part = css.partition(DARK_MEDIA)[2 if scheme else 0]
    rules = re.findall(r"\.(?:theme|kind)--(\w+)\{--t:(#\w+);--t-mid:#\w+;--t-soft:(#\w+)", part)
    assert len(rules) == 19
    assert [slug for slug, text, ground in rules if contrast(text, ground) < 4.5] == []


def test_only_numbers_in_range_come_through():
    given = {"brand_hue": "210", "brand_chroma": "9", "accent_hue": "0;} body{display:none", "other": 1}
    assert valid_colours(given) == {"brand_hue": 210}


def test_without_a_choice_there_is_no_stylesheet(settings):
    settings.PORTAL_COLOURS_SOURCE, settings.PORTAL_COLOURS = "", {}
    assert (stylesheet(), colours_mark()) == ("", "")


def test_a_choice_changes_the_mark_in_the_address(settings):
    settings.PORTAL_COLOURS_SOURCE, settings.PORTAL_COLOURS = "", {"brand_hue": 260}
    blue = colours_mark()
    settings.PORTAL_COLOURS = {"brand_hue": 20}
    assert len({blue, colours_mark(), ""}) == 3


def from_the_editors():
    return {"accent_hue": 300}


def test_the_choice_of_the_editors_comes_first(settings):
    settings.PORTAL_COLOURS_SOURCE, settings.PORTAL_COLOURS = f"{__name__}.from_the_editors", {"brand_hue": 20}
    assert "--accent:" in stylesheet()
    assert "--brand:" not in stylesheet()
