"""The tokens' colours as plain hex values, one set for each scheme: what browsers of any age understand.

tokens.css says `light-dark(oklch(…), oklch(…))` with the hues of brand and themes as variables. Here they are computed:
light as the rule, dark inside `@media screen and (prefers-color-scheme:dark)` (paper stays light). The operator's colours
(/theme.css) are the same tokens computed with other hues.
"""

import re

from common.colour import oklch_to_hex

LIGHT, DARK = 0, 1
DARK_MEDIA = "@media screen and (prefers-color-scheme:dark)"
TONES = ".theme,.kind"
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_VARIABLE = re.compile(r"var\((--[a-z-]+)\)")
_PRODUCT = re.compile(r"calc\(([\d.]+) \* ([\d.]+)\)")
_OKLCH = re.compile(r"oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)")


def rules_of(css):
    """Small CSS without at-rules → [(selector, {property: value})]."""
    rules = []
    for selector, body in _RULE.findall(css):
        pairs = (declaration.split(":", 1) for declaration in body.split(";") if declaration)
        rules.append((selector.strip(), {name.strip(): value.strip() for name, value in pairs}))
    return rules


def is_colour(value):
    return "oklch(" in value or "light-dark(" in value


def _sides(value):
    """The two arguments of light-dark(); a colour without it is the same in both schemes."""
    if not value.startswith("light-dark("):
        return value, value
    inner, depth = value[len("light-dark(") : -1], 0
    for place, character in enumerate(inner):
        depth += {"(": 1, ")": -1}.get(character, 0)
        if character == "," and depth == 0:
            return inner[:place].strip(), inner[place + 1 :].strip()
    raise ValueError(f"light-dark() with one colour: {value}")


def computed(value, variables, scheme):
    """One colour of a token → hex. `variables` hold the hues and chromas it is made of, as text."""
    text = _VARIABLE.sub(lambda match: variables[match.group(1)], _sides(value)[scheme])
    text = _PRODUCT.sub(lambda match: f"{float(match.group(1)) * float(match.group(2)):.5f}", text)
    return _OKLCH.sub(lambda match: oklch_to_hex(*(float(part) for part in match.groups())), text)


def _block(selector, declarations):
    return f"{selector}{{{';'.join(f'{name}:{value}' for name, value in declarations.items())}}}" if declarations else ""


def _both(selector, colours, variables):
    """A rule for each scheme; the dark one only says what differs."""
    light = {name: computed(value, variables, LIGHT) for name, value in colours.items()}
    dark = {name: computed(value, variables, DARK) for name, value in colours.items()}
    return _block(selector, light), _block(selector, {name: value for name, value in dark.items() if value != light[name]})


def _in_dark(blocks):
    body = "".join(blocks)
    return f"{DARK_MEDIA}{{{body}}}" if body else ""


def compiled(css):
    """The tokens' stylesheet (small CSS) → the same with computed colours."""
    rules = rules_of(css)
    roots = dict(rules)[":root"]
    tones = {name: value for name, value in dict(rules)[TONES].items() if is_colour(value)}
    plain, dark = [], []
    for selector, declarations in rules:
        rest = {name: value for name, value in declarations.items() if not is_colour(value) and name not in ("--h", "--c")}
        colours = tones if "--h" in declarations else {name: value for name, value in declarations.items() if is_colour(value)}
        light_block, dark_block = _both(selector, colours, roots | declarations)
        plain.append(_block(selector, rest) + light_block)
        dark.append(dark_block)
    return "".join(plain) + _in_dark(dark)


def recoloured(css, changes):
    """Only the colours of `:root` that follow the changed variables ({"--brand-h": 210}), for both schemes."""
    roots = dict(rules_of(css))[":root"]
    touched = {name: value for name, value in roots.items() if any(f"var({change})" in value for change in changes)}
    light, dark = _both(":root", touched, roots | {name: str(value) for name, value in changes.items()})
    return light + _in_dark([dark])
