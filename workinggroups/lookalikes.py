"""Groups that may be what somebody is about to found: shown first, because two of the same have half of everything each."""

from django.db.models import F
from rapidfuzz import fuzz

from common.publishing import READABLE
from common.search import Matches, TextQuery, parse
from organisations.lookalikes import folded_name
from workinggroups.models import GroupText, WorkingGroup

MOST = 5
CLOSE = 78  # of 100
SHORTEST = 5  # letters of a word that says what a group is about


def lookalikes(user, *, name, purpose=""):
    """Groups `user` sees with a name like this one, or whose words the name has; the likeliest first. Two queries."""
    seen = WorkingGroup.objects.visible_to(user).filter(state__in=READABLE)
    texts = GroupText.objects.filter(group__in=seen.order_by().values("pk"))
    wanted = folded_name(name)
    scores = {}
    for pk, other in texts.values_list("group", "name"):
        score = fuzz.token_set_ratio(wanted, folded_name(other)) if wanted else 0
        if score >= CLOSE:
            scores[pk] = max(score, scores.get(pk, 0))
    telling = [word for word in parse(f"{name} {purpose}").words() if len(word) >= SHORTEST][:8]
    if telling:
        close = texts.filter(Matches(F("vector"), TextQuery(telling, every=False)))
        for pk in close.values_list("group", flat=True)[: MOST * 3]:
            scores.setdefault(pk, 1)
    best = sorted(scores, key=lambda pk: (-scores[pk], pk))[:MOST]
    rows = WorkingGroup.objects.with_numbers().select_related("organisation").prefetch_related("texts", "themes").in_bulk(best)
    return [rows[pk] for pk in best if pk in rows]
