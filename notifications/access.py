"""Who of many may see what of many: `visible_to` of each noun, asked for a whole chunk in a constant number of queries."""

from collections import defaultdict

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db.models import Value

#: So many members' questions go into one statement.
A_STATEMENT = 50


def may_see(pairs):
    """Those of `pairs`, each (member, content type id, primary key), whose member may see that noun, as a set with the member's key.

    A noun without `visible_to` is seen by everybody it concerns, as long as it exists.
    """
    by_type = defaultdict(list)
    for user, type_id, pk in pairs:
        by_type[type_id].append((user, pk))
    _remember_moderators([user for user, _type, _pk in pairs])
    return {(reader, type_id, pk) for type_id, wanted in by_type.items() for reader, pk in _of_one_type(type_id, wanted)}


def _remember_moderators(users):
    """Ask once who moderates, instead of each member's permissions."""
    named = {user.pk: user for user in users}
    moderators = ModelBackend().with_perm("members.moderate").filter(pk__in=named).values_list("pk", flat=True) if named else ()
    found = set(moderators)
    for user in users:
        user.is_moderator = user.pk in found


def _of_one_type(type_id, wanted):
    model = ContentType.objects.get_for_id(type_id).model_class()
    if model is None:
        return set()
    rows, keys = model._default_manager, {pk for _user, pk in wanted}
    public = rows.visible_to(AnonymousUser()) if hasattr(rows, "visible_to") else rows.all()
    open_to_all = set(public.filter(pk__in=keys).values_list("pk", flat=True))
    seen = {(user.pk, pk) for user, pk in wanted if pk in open_to_all}
    if not hasattr(rows, "visible_to"):
        return seen
    keys_of, people = defaultdict(set), {}
    for user, pk in wanted:
        if pk not in open_to_all:
            keys_of[user.pk].add(pk)
            people[user.pk] = user
    questions = [
        rows.visible_to(people[reader]).filter(pk__in=keys).order_by().values_list(Value(reader), "pk") for reader, keys in keys_of.items()
    ]
    for start in range(0, len(questions), A_STATEMENT):
        first, *others = questions[start : start + A_STATEMENT]
        seen.update(first.union(*others, all=True) if others else first)
    return seen
