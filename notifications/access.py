"""Who of many may see what of many: `visible_to` of each noun, asked for a whole chunk in a constant number of queries."""

from collections import defaultdict

from django.contrib.auth import get_user_model
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
    users = [user for user in users if "is_moderator" not in vars(user)]
    named = {user.pk: user for user in users}
    moderators = ModelBackend().with_perm("members.moderate").filter(pk__in=named).values_list("pk", flat=True) if named else ()
    found = set(moderators)
    for user in users:
        user.is_moderator = user.pk in found


def _any_member():
    """A member who belongs to nothing: what he or she may see, every member may who may act. Belonging to something never hides a noun."""
    member = get_user_model()(pk=0)
    member.is_moderator = False
    return member


def _of_one_type(type_id, wanted):
    model = ContentType.objects.get_for_id(type_id).model_class()
    if model is None:
        return set()
    rows, keys = model._default_manager, {pk for _user, pk in wanted}
    if not hasattr(rows, "visible_to"):
        there = set(rows.filter(pk__in=keys).values_list("pk", flat=True))
        return {(user.pk, pk) for user, pk in wanted if pk in there}
    open_to = defaultdict(set)
    asked = [rows.visible_to(user).filter(pk__in=keys).order_by() for user in (AnonymousUser(), _any_member())]
    for word, pk in asked[0].values_list(Value("all"), "pk").union(asked[1].values_list(Value("members"), "pk"), all=True):
        open_to[word].add(pk)
    seen = {(user.pk, pk) for user, pk in wanted if pk in open_to["all"] or (pk in open_to["members"] and user.may_act)}
    wanted = [(user, pk) for user, pk in wanted if (user.pk, pk) not in seen]
    keys_of, people = defaultdict(set), {}
    for user, pk in wanted:
        keys_of[user.pk].add(pk)
        people[user.pk] = user
    questions = [
        rows.visible_to(people[reader]).filter(pk__in=keys).order_by().values_list(Value(reader), "pk") for reader, keys in keys_of.items()
    ]
    for start in range(0, len(questions), A_STATEMENT):
        first, *others = questions[start : start + A_STATEMENT]
        seen.update(first.union(*others, all=True) if others else first)
    return seen
