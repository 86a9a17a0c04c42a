"""The operator's colours: three validated numbers, computed to the tokens they change."""

from functools import lru_cache
from hashlib import sha256

from django.conf import settings
from django.utils.module_loading import import_string

from common.css_colours import recoloured
from common.static_css import tokens

HUES = (0, 360)
# Measured over all hues (tests/common/test_theming.py): up to this chroma text keeps its contrast.
MAX_CHROMA = 0.12
LIMITS = {"brand_hue": HUES, "accent_hue": HUES, "brand_chroma": (0, MAX_CHROMA)}
VARIABLES = {"brand_hue": "--brand-h", "brand_chroma": "--brand-c", "accent_hue": "--accent-h"}


def valid_colours(colours):
    """The numbers of `colours` that are known and in range, as floats; anything else is left out, never an error.

    They end in a stylesheet: only numbers may come through.
    """
    valid = {}
    for name, (low, high) in LIMITS.items():
        try:
            value = float(colours.get(name))
        except (TypeError, ValueError):
            continue
        if low <= value <= high:
            valid[name] = value
    return valid


def operator_colours():
    """What the operator chose: from the function named in PORTAL_COLOURS_SOURCE (site settings), else PORTAL_COLOURS."""
    source = getattr(settings, "PORTAL_COLOURS_SOURCE", "")
    colours = import_string(source)() if source else None
    return valid_colours(colours or getattr(settings, "PORTAL_COLOURS", {}))


@lru_cache(maxsize=8)
def _stylesheet(chosen):
    changes = {VARIABLES[name]: f"{value:g}" for name, value in chosen}
    return recoloured(tokens(), changes) if changes else ""


def stylesheet():
    """The operator's stylesheet: the tokens that differ from the shipped ones; empty without a choice."""
    return _stylesheet(tuple(sorted(operator_colours().items())))


def colours_mark():
    """A short mark of the chosen colours for the stylesheet's address; empty without a choice."""
    css = stylesheet()
    return sha256(css.encode()).hexdigest()[:8] if css else ""
