"""Addresses of the same page with one parameter changed; every such change starts again at page 1."""

from urllib.parse import urlencode

PAGE = "page"


def _joined(query):
    pairs = [(key, value) for key, values in query.lists() for value in values]
    return "?" + urlencode(pairs) if pairs else "?"


def query_with(query, **changes):
    """`?…` of a QueryDict with parameters set; `None` or "" takes a parameter away. Other parameters stay."""
    changed = query.copy()
    if PAGE not in changes:
        changed.pop(PAGE, None)
    for key, value in changes.items():
        if value in (None, ""):
            changed.pop(key, None)
        elif isinstance(value, list | tuple):
            changed.setlist(key, [str(one) for one in value])
        else:
            changed[key] = str(value)
    return _joined(changed)


def query_adding(query, key, value):
    """`?…` with one more value of a repeatable parameter."""
    return query_with(query, **{key: [*query.getlist(key), value]})


def query_without(query, key, value=None):
    """`?…` without one value of a parameter, or without the parameter when no value is named."""
    if value is None:
        return query_with(query, **{key: None})
    return query_with(query, **{key: [one for one in query.getlist(key) if one != str(value)]})
