"""Addresses of members' nouns: readable, unique, and never a word that the portal's own addresses use."""

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils.text import slugify

from common.search import fold

#: Path words of the portal's addresses (product.md) and of its verbs. None of them becomes a slug.
PATH_WORDS = frozenset(
    """
    projects map new edit themes municipalities feed export living-labs offers working-groups discussions events calendar
    needs organisations people search test-requests desk notifications settings stop files sitemap robots theme dev mail
    styleguide accounts digest preview unsubscribe cms api v1 schema docs healthz readyz metrics static media submit
    visits bookings return publish withdraw archive hide reopen delete verify list all page
    me mine join propose invitations requests members suggest save versions month test-reports numbers start decisions action-points
    """.split()  # noqa: SIM905 - a list of words reads better without quotes
)
SLUG_LENGTH = 110  # the columns hold 120: room for a number
ATTEMPTS = 8


def is_path_word(slug):
    """Whether `slug` is a word of the portal's own addresses or the code of a language."""
    return slug in PATH_WORDS or slug in dict(settings.LANGUAGES)


def slug_base(title, noun):
    """`title` folded to ASCII and cut at a word; with `-<noun>` behind a path word; "" where no letter is left."""
    slug = slugify(fold(title))
    if len(slug) > SLUG_LENGTH:
        slug = slug[:SLUG_LENGTH].rpartition("-")[0] or slug[:SLUG_LENGTH]
    return f"{slug}-{noun}" if is_path_word(slug) else slug


def insert_with_slug(row, title, *, noun):
    """Insert `row`, a new model instance, under the first free slug for `title`; without letters `<noun>-<id>`.

    Two who insert the same title in the same second both succeed: the second waits for the first and takes the next number.
    """
    base = slug_base(title, noun)
    if not base:
        row.pk = _next_pk(row)
        base = f"{noun}-{row.pk}"
    for attempt in range(ATTEMPTS):
        row.slug = next_slug(type(row), base)
        try:
            with transaction.atomic():
                row.save(force_insert=True)
            return row
        except IntegrityError:
            taken = type(row)._base_manager.filter(slug=row.slug).exists()
            if not taken or attempt == ATTEMPTS - 1:
                raise
    return row


def free_slugs(model, titles, *, noun):
    """Free slugs for many new rows of `model`, in the order of their titles; one query. For bulk loads in one transaction."""
    taken = set(model._base_manager.values_list("slug", flat=True)) if titles else set()
    slugs = []
    for title in titles:
        slugs.append(_first_free(slug_base(title, noun) or noun, taken))
        taken.add(slugs[-1])
    return slugs


def next_slug(model, base):
    """`base`, or the first free number behind it."""
    taken = set(model._base_manager.filter(slug__regex=f"^{base}(-[0-9]+)?$").values_list("slug", flat=True))
    return _first_free(base, taken)


def _first_free(base, taken):
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


def _next_pk(row):
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [row._meta.db_table])
        return cursor.fetchone()[0]
