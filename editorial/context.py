"""What editors give to every page's context."""

from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from editorial.frame import frame


def editorial(request):
    """Context processor, after `common.context.portal`, all lazy.

    `portal` as editors named it, `menu_extra`, `footer_columns`, `editorial_texts` by place.
    """
    signed_in = bool(getattr(request, "user", None) and request.user.is_authenticated)
    found = SimpleLazyObject(lambda: frame(get_language(), fresh=signed_in))
    return {
        "portal": SimpleLazyObject(lambda: found["portal"]),
        "menu_extra": SimpleLazyObject(lambda: [_entry(entry, request.path) for entry in found["menu"]]),
        "editorial_texts": SimpleLazyObject(lambda: found["texts"]),
        "footer_columns": SimpleLazyObject(lambda: found["columns"]),
    }


def _entry(entry, path):
    return {**entry, "current": path.startswith(entry["url"])}
