"""What stands in each reader's digest: found for a whole chunk, then without what is known already or may not be seen."""

import threading
import time

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import override

from digests.faults import or_else
from digests.news import Chunk
from digests.sections import BY_KEY, SECTIONS
from notifications.access import may_see
from workinggroups.models import WorkingGroup

#: What is the same for all readers is found once and used for so many seconds: as long as a chunk, so that a right that is taken away
#: counts within a minute (TC-08).
FRESH = 60
#: So many of a section are remembered for "+N more".
REMEMBERED = 100


class Shared(threading.local):
    """What is the same for all readers of a run. A worker may send in several threads: each has its own, and takes nothing from another."""

    def __init__(self):
        self._kept, self._until, self._about = {}, 0.0, None

    def of(self, about):
        """`cached(key, function)` for whatever `about` names; another run, or a minute later, begins anew."""
        if about != self._about or time.monotonic() > self._until:
            self._kept, self._until, self._about = {}, time.monotonic() + FRESH, about
        kept = self._kept

        def cached(key, function):
            if key not in kept:
                kept[key] = function()
            return kept[key]

        return cached


def choose(readers, now, cached, window=None):
    """Fill `told` and `again` of each of `readers`: all that is remembered; a page or mail shows the first of each section."""
    chunk, taken = Chunk(readers, now, window), {reader: set() for reader in readers}
    for section in SECTIONS:
        found = or_else({}, section.for_readers, chunk, cached)
        for reader in readers:
            if reader.subscription is None or section.key not in reader.subscription.without:
                wanted = _wanted(section, found.get(reader.user.pk, ()), reader, chunk)
                reader.told[section.key] = _fresh(wanted, reader, chunk, taken[reader])
    _keep_seen(readers)
    tell_again(readers, chunk.in_doubt)
    names = cached("names", dict)
    followed = {reader: _followed(reader) for reader in readers}
    _learn(names, set().union(*followed.values()))
    _name(followed, names, chunk)
    return chunk


def _followed(reader):
    return {one.because for told in reader.told.values() for one in told if not isinstance(one.because, str)}


def _name(followed, names, chunk):
    """Let each reader read what followed nouns are called, but for those that are hidden from him or her by now."""
    group = ContentType.objects.get_for_model(WorkingGroup).pk
    own = {(user, group, pk) for user, pk in chunk.belongs}
    pairs = [(reader.user, *noun) for reader, nouns in followed.items() for noun in nouns if (reader.user.pk, *noun) not in own]
    seen = own | (may_see(pairs) if pairs else set())
    for reader, nouns in followed.items():
        reader.names = {noun: names[noun] for noun in nouns if noun in names and (reader.user.pk, *noun) in seen}


def _learn(names, nouns):
    """What nouns are called in each language, of those that are not known yet; one or two queries for each type."""
    for key, noun in nouns_of(nouns - names.keys()).items():
        names[key] = {}
        for code, _name in settings.LANGUAGES:
            with override(code):
                names[key][code] = str(noun)


def tell_again(readers, in_doubt):
    """What the last digest held, where nobody knows whether it arrived: as far as it is still there and may be seen."""
    wanted = {reader: [tuple(noun) for _section, *noun in in_doubt.get(reader.user.pk, ())] for reader in readers}
    pairs = [(reader.user, *noun) for reader, nouns in wanted.items() for noun in nouns]
    if not pairs:
        return
    seen, nouns = may_see(pairs), nouns_of({noun for nouns in wanted.values() for noun in nouns})
    for reader, keys in wanted.items():
        new = {one.news.noun for told in reader.told.values() for one in told}
        for noun in dict.fromkeys(keys):
            if noun in nouns and noun not in new and (reader.user.pk, *noun) in seen:
                reader.again.append((noun, nouns[noun]))


def nouns_of(keys):
    """{(content type, primary key): the noun} of those that have a page of their own."""
    found = {}
    for kind in {kind for kind, _pk in keys}:
        model = ContentType.objects.get_for_id(kind).model_class()
        if model is None or not hasattr(model, "get_absolute_url"):
            continue
        rows = model._default_manager.filter(pk__in=[pk for one, pk in keys if one == kind])
        has_texts = any(field.name == "texts" for field in model._meta.related_objects)
        found |= {(kind, noun.pk): noun for noun in (rows.prefetch_related("texts") if has_texts else rows)}
    return found


def _wanted(section, told, reader, chunk):
    """Without the kinds of news that the reader does not want in the digest."""
    declined = chunk.declined.get(reader.user.pk)
    return [one for one in told if section.kind_of(one.news) not in declined] if declined else told


def _fresh(told, reader, chunk, taken):
    """Without what was mailed at once or opened, and each noun once: `taken` are those of the sections before."""
    known, user = chunk.known, reader.user.pk
    found = [
        one for one in told[:REMEMBERED]
        if one.news.noun not in taken and not ((user, one.news.noun) in known and chunk.knows(reader, one.news))
    ]  # fmt: skip
    taken.update([one.news.noun for one in found])
    return found


def _keep_seen(readers):
    """Take out what a reader may not see at this moment."""
    pairs = {
        (reader.user.pk, one.news.noun): (reader.user, *one.news.noun)
        for reader in readers for told in reader.told.values() for one in told if not one.news.is_public
    }  # fmt: skip
    seen = may_see(list(pairs.values())) if pairs else set()
    for reader in readers:
        for key, told in reader.told.items():
            reader.told[key] = [one for one in told if one.news.is_public or (reader.user.pk, *one.news.noun) in seen]


def news_count(reader):
    """How many news there are: what decides whether there is a mail."""
    return len(reader.again) + sum(len(told) for key, told in reader.told.items() if BY_KEY[key].is_news)
