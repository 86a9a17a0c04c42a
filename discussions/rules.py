"""Who may do what in discussions: what the host of the noun says, and the author of a post. Verbs check the state."""

import rules

from common.rules import is_moderator, may_act
from discussions.hosts import host_of


@rules.predicate
def writes_on(user, target):
    host = host_of(target)
    return bool(host) and user.has_perm(host.write, target)


@rules.predicate
def leads_on(user, target):
    host = host_of(target)
    return bool(host) and user.has_perm(host.moderate, target)


@rules.predicate
def writes_in(user, thread):
    return writes_on(user, thread.target)


@rules.predicate
def leads_in(user, thread):
    return leads_on(user, thread.target)


@rules.predicate
def began(user, thread):
    return thread.started_by_id == user.pk


@rules.predicate
def writes_beside(user, post):
    return writes_on(user, post.thread.target)


@rules.predicate
def leads_beside(user, post):
    return leads_on(user, post.thread.target)


@rules.predicate
def is_author(user, post):
    return post.author_id is not None and post.author_id == user.pk


rules.add_perm("discussions.start", may_act & writes_on)
rules.add_perm("discussions.write", may_act & writes_in)
rules.add_perm("discussions.lead", is_moderator | (may_act & leads_in))
rules.add_perm("discussions.mark_answer", is_moderator | (may_act & (leads_in | (began & writes_in))))
rules.add_perm("discussions.mark_as_answer", lambda user, post: user.has_perm("discussions.mark_answer", post.thread))
rules.add_perm("discussions.edit_post", may_act & is_author & writes_beside)
rules.add_perm("discussions.remove_post", is_moderator | (may_act & (leads_beside | (is_author & writes_beside))))
rules.add_perm("discussions.find_useful", may_act & ~is_author & writes_beside)
