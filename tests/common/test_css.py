import re
from pathlib import Path

import brotli
import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command

from common.colour import contrast, oklch_to_hex
from common.css_colours import compiled, recoloured
from common.static_css import JOINED, joined, small, tokens

BUDGET = 14 * 1024  # the pages of visitors took 12; those of members came beside them


def test_the_stylesheet_is_one_small_file():
    assert len(brotli.compress(joined().encode())) < BUDGET


def test_browsers_from_before_2024_understand_every_colour():
    assert re.findall(r"light-dark\(|oklch\(|color-mix\(", joined()) == []


def test_paper_is_always_light():
    assert set(re.findall(r"@media [^{]*prefers-color-scheme[^{]*", joined())) == {"@media screen and (prefers-color-scheme:dark)"}


def test_every_token_that_is_used_is_defined():
    css = joined()
    used, defined = set(re.findall(r"var\((--[\w-]+)", css)), set(re.findall(r"(--[\w-]+):", css))
    assert used - defined - {"--min"} == set()  # --min has its default where it is used


def test_small_css_keeps_the_blanks_that_mean_something():
    assert small("a  b { /* x */ margin: 0 auto; width: calc(1px + 2px); }\n") == "a b{margin:0 auto;width:calc(1px + 2px)}"


def test_known_colours_are_converted_exactly():
    assert [oklch_to_hex(1, 0, 0), oklch_to_hex(0, 0, 0)] == ["#fff", "#000"]
    assert oklch_to_hex(0.62796, 0.25768, 29.234) == "#f00"
    assert oklch_to_hex(0.9, 0.4, 150).startswith("#")  # beyond sRGB: as much chroma as there is


def test_black_on_white_is_21():
    assert (contrast("#000", "#fff"), contrast("#777", "#777777")) == (21, 1)


def test_a_token_is_computed_for_each_scheme():
    css = compiled(":root{--brand-h:180;--ink:light-dark(#000,oklch(1 0 var(--brand-h)));--gap:1rem}.theme,.kind{--h:0}")
    dark = "@media screen and (prefers-color-scheme:dark){:root{--ink:#fff}}"
    assert css == ":root{--brand-h:180;--gap:1rem}:root{--ink:#000}" + dark


def test_other_hues_change_only_what_follows_them():
    css = recoloured(tokens(), {"--accent-h": "300"})
    assert "--accent:#" in css
    assert "--brand:" not in css


def test_the_stylesheet_is_found_as_a_file():
    assert "--brand:#" in Path(finders.find(JOINED)).read_text()
    assert finders.find("css/nothing.css") is None


def test_collected_addresses_survive_hashing(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}
    call_command("collectstatic", interactive=False, verbosity=0)
    css = (tmp_path / staticfiles_storage.stored_name(JOINED)).read_text()
    addresses = re.findall(r'url\("?([^")]+)"?\)', css)
    assert len(addresses) == 16
    assert all((tmp_path / "css" / address).resolve().is_file() for address in addresses)


@pytest.mark.parametrize("folder", ["vendor/htmx-2.0.11/LICENSE", "fonts/OFL.txt"])
def test_what_others_made_stands_beside_its_licence(folder):
    assert (settings.BASE_DIR / "static" / folder).is_file()
