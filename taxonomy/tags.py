"""Free tags: how they are read from what people type, and how they are made without doubles."""

import re

from common.text import clean_name, has_words
from taxonomy.models import Tag

#: A tag is a word or a short phrase; anything longer is a sentence.
TAG_LENGTH = 60
_BETWEEN = re.compile(r"[,;\n]")


def split_tags(text):
    """Names from a comma-, semicolon- or line-separated text: cleaned, trimmed, each once whatever its case.

    What holds no letter or digit is dropped; the first spelling of a word is kept. Raises `ValidationError` on NUL.
    """
    return clean_tags(_BETWEEN.split(text or ""))


def clean_tags(names):
    """As `split_tags`, from names that already stand apart."""
    cleaned = {}
    for name in names:
        name = clean_name(name).strip("#.,; ")[:TAG_LENGTH].strip()
        if has_words(name):
            cleaned.setdefault(name.lower(), name)
    return list(cleaned.values())


def tags_named(names):
    """`{lower-case name: Tag}` for cleaned `names`; what is missing is made. A constant number of queries."""
    wanted = {name.lower(): name for name in names}
    found = {tag.name.lower(): tag for tag in Tag.objects.named(wanted)}
    missing = [name for lowered, name in wanted.items() if lowered not in found]
    if missing:
        _make(missing)
        found.update({tag.name.lower(): tag for tag in Tag.objects.named(missing)})
    return found


def _make(names):
    slugs = {Tag().slugify(name) for name in names}
    taken = set(Tag.objects.filter(slug__regex=f"^({'|'.join(map(re.escape, slugs))})(-[0-9]+)?$").values_list("slug", flat=True))
    tags = []
    for name in names:
        tag = Tag(name=name)
        number, tag.slug = None, tag.slugify(name)
        while tag.slug in taken:
            number = (number or 1) + 1
            tag.slug = tag.slugify(name, number)
        taken.add(tag.slug)
        tags.append(tag)
    Tag.objects.bulk_create(tags, ignore_conflicts=True)
