"""What there is in the region, counted once for a page: projects in all, by theme and by municipality."""

from collections import defaultdict

from django.core.cache import cache
from django.db.models import Count, F, Func, TextField

from projects.models import Project

#: Seconds for which counts may be old; the catalogue counts anew on every request.
FRESH = 60


def facet_counts(user):
    """{facet: {value: projects}} over what `user` sees in lists; `counts["all"][""]` is their number.

    Everybody who is signed out sees the same, so their counts are kept for a minute.
    """
    if not getattr(user, "may_act", False):
        return cache.get_or_set("editorial:counts", lambda: _counted(user), FRESH)
    return _counted(user)


def _counted(user):
    projects = Project.objects.visible_to(user).listed()
    term = Func(F("facet_terms"), function="unnest", output_field=TextField(), set_returning=True)
    counts = defaultdict(dict)
    for name, number in projects.order_by().annotate(term=term).values_list("term").annotate(number=Count("pk")):
        facet, _colon, value = name.partition(":")
        counts[facet][value] = number
    # Every project has exactly one kind.
    counts["all"][""] = sum(counts["kind"].values())
    return dict(counts)
