"""Organisations that may be the same: shown before somebody proposes one more, and beside a proposal to moderators."""

import re
import unicodedata
from urllib.parse import urlsplit

from rapidfuzz import fuzz, process

from common.search import fold
from common.text import clean_name
from organisations.domains import names_that_count
from organisations.models import Domain, Organisation

MOST = 6
CLOSE = 84  # of 100, of names without what says only which form an organisation has
VERY_CLOSE = 94  # of whole names, where that word itself is misspelt
#: Letters of other alphabets that look like a Latin one (Unicode TR 39, confusables: the letters that names are forged with).
_LATIN = str.maketrans("авекмнорстухіјѕԁһԛԝαβεικνορτυχ", "abekmhopctyxijsdhqwabeiknoptux")
#: What says only which form an organisation has, in the languages of the region and in English.
_FORMS = re.compile(
    r"\b(kommune|kommun|municipality|city of|stad|region|a/s|aps|amba|i/s|ivs|ab|kb|hb|ek for|ltd|gmbh|inc|forening|forening(en)?|the|of)\b"
)
_OTHER = re.compile(r"[\W_]+")


def folded_name(name):
    """A name as it is compared: look-alike letters, case, accents, invisible marks and punctuation do not count."""
    text = clean_name(str(name).replace("\x00", "")).casefold().translate(_LATIN)
    text = unicodedata.normalize("NFKD", fold(text))
    text = "".join(character for character in text if not unicodedata.combining(character))
    return _OTHER.sub(" ", text).strip()


def core_name(name):
    """The folded name without its legal form; the whole of it where nothing else is left."""
    folded = folded_name(name)
    return _OTHER.sub(" ", _FORMS.sub(" ", folded)).strip() or folded


def twins(name, country=""):
    """Verified organisations whose name is the same to a reader's eye, in the same country where both say one."""
    wanted = folded_name(name)
    rows = Organisation.objects.filter(verified_at__isnull=False)
    same = [one for one in rows.only("pk", "name", "slug", "country") if folded_name(one.name) == wanted]
    return [one for one in same if not (country and one.country and country != one.country)]


def lookalikes(user, *, name="", registration_number="", website="", but=None):
    """Organisations that `user` sees and that may be meant, the likeliest first; `but` is left out. Three queries at most."""
    seen = Organisation.objects.visible_to(user).exclude(pk=but.pk if but else None)
    scores = _by_name(seen, name)
    number = _digits(registration_number)
    host = (urlsplit(website).hostname or "") if website.startswith(("http://", "https://")) else ""
    if number:
        numbered = seen.exclude(registration_number="").values_list("pk", "registration_number")
        scores |= {pk: 200 for pk, other in numbered if _digits(other) == number}
    if host and (names := names_that_count([f"@{host}"])):
        scores |= dict.fromkeys(Domain.objects.filter(organisation__in=seen, name__in=names).values_list("organisation", flat=True), 150)
    best = sorted(scores, key=lambda pk: (-scores[pk], pk))[:MOST]
    rows = seen.select_related("municipality").in_bulk(best)
    return [rows[pk] for pk in best if pk in rows]


def _by_name(seen, name):
    wanted = core_name(name)
    if len(wanted) < 2:
        return {}
    whole = {pk: folded_name(other) for pk, other in seen.values_list("pk", "name")}
    names = {pk: core_name(other) for pk, other in whole.items()}
    close = _close(folded_name(name), whole, VERY_CLOSE) | _close(wanted, names, CLOSE)
    words = set(wanted.split())
    inside = {pk: CLOSE for pk, other in names.items() if words and (words <= set(other.split()))}
    return inside | close


def _close(wanted, names, cutoff):
    found = process.extract(wanted, names, scorer=fuzz.token_sort_ratio, score_cutoff=cutoff, limit=MOST * 2)
    return {pk: score for _name, score, pk in found}


def _digits(number):
    return re.sub(r"\D", "", str(number))
