"""Colours: OKLCH to sRGB and contrast. Sources: Björn Ottosson's OKLab matrices (public domain); WCAG 2.2, relative luminance."""

import math

GAMUT_SLACK = 1e-4
CHROMA_STEPS = 24


def _linear_rgb(lightness, chroma, hue):
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def _in_gamut(rgb):
    return all(-GAMUT_SLACK <= value <= 1 + GAMUT_SLACK for value in rgb)


def _reachable(lightness, chroma, hue):
    """The colour, with as much chroma as sRGB can show at this lightness."""
    rgb = _linear_rgb(lightness, chroma, hue)
    low, high = 0.0, chroma
    for _step in range(0 if _in_gamut(rgb) else CHROMA_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if _in_gamut(_linear_rgb(lightness, middle, hue)) else (low, middle)
        rgb = _linear_rgb(lightness, low, hue)
    return rgb


def _encoded(value):
    value = min(1.0, max(0.0, value))
    return 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055


def oklch_to_hex(lightness, chroma, hue):
    """OKLCH (lightness 0–1, chroma, hue in degrees) → "#rrggbb", or "#rgb" where that says the same."""
    digits = "".join(f"{round(_encoded(value) * 255):02x}" for value in _reachable(lightness, chroma, hue))
    short = digits[::2]
    return f"#{short}" if "".join(digit * 2 for digit in short) == digits else f"#{digits}"


def luminance(colour):
    """Relative luminance of "#rrggbb" or "#rgb", 0 (black) to 1 (white)."""
    digits = colour.lstrip("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    channels = (int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4))
    red, green, blue = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """Contrast ratio of two colours, 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
