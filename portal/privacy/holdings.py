"""How a model is declared in the inventory, and how rows of it are found for one person."""

import re
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import JSONField, Q

from members.models import Photo, Profile, User


@dataclass(frozen=True)
class Holding:
    """One model with something about people. Every column stands in exactly one of the groups below.

    Own rows are about the person: through a relation (`about`) or an e-mail address (`addresses`). In other rows the person only
    did something (`did`): the organisation keeps them, and after the erasure they name a former member.
    """

    model: str
    title: str
    about: tuple = ()
    addresses: tuple = ()
    did: tuple = ()
    shows: tuple = ()  # columns of own rows in the copy
    did_shows: tuple = ()  # columns in the copy of rows in which the person did something
    keys: tuple = ()  # secrets, keys and machinery: never in the copy
    stays: bool = False  # at the erasure own rows stay, with the columns of `blank` written over
    blank: dict = field(default_factory=dict)
    scrub: tuple = ()  # text and JSON columns of all rows from which name and addresses of the person are taken
    gives_files: bool = False  # own rows stay, and the files that hang on them are put into the copy
    files: tuple = ()  # file columns of own rows: put into the copy, deleted at the erasure
    target_shows: tuple = ()  # columns in the copy of rows whose target is the person
    target_hides: dict = field(default_factory=dict)  # … but for rows that meet this
    target_blank: dict = field(default_factory=dict)  # columns written over in rows whose target is the person

    @property
    def noun(self):
        return apps.get_model(self.model)

    @property
    def columns(self):
        """Every column that is accounted for."""
        groups = (self.about, self.addresses, self.did, self.shows, self.did_shows, self.target_shows, self.keys, self.scrub, self.files)
        return {name for group in groups for name in group}

    def own_rows(self, person):
        return self._rows(Q(**{path: person.user.pk}) for path in self.about) | self._rows(
            Q(**{f"{column}__iexact": address}) for column in self.addresses for address in person.addresses
        )

    def did_rows(self, person):
        """Rows of others, or of nobody, in which the person did something."""
        return self._rows(Q(**{path: person.user.pk}) for path in self.did)

    def target_rows(self, person):
        """Rows about the account, the profile or the photo of the person."""
        if not (self.target_shows or self.target_blank):
            return self.noun._base_manager.none()
        return self._rows(Q(target_type=kind, target_id__in=pks) for kind, pks in person.nouns)

    def _rows(self, conditions):
        conditions = list(conditions)
        found = self.noun._base_manager.all()
        return found.filter(reduce(or_, conditions)) if conditions else found.none()


@dataclass(frozen=True)
class Person:
    """Whom the rows are about: the member, the name, and every address that is known."""

    user: object
    name: str
    addresses: tuple
    nouns: tuple = ()  # (type, primary keys) of what is about the person and may be the target of other rows

    @classmethod
    def of(cls, user):
        known = EmailAddress.objects.filter(user=user).values_list("email", flat=True)
        addresses = tuple(dict.fromkeys(address.lower() for address in (user.email, *known) if address))
        rows = {User: [user.pk]}
        rows[Profile] = list(Profile.objects.filter(user=user).values_list("pk", flat=True))
        rows[Photo] = list(Photo.objects.filter(profile__user=user).values_list("pk", flat=True))
        kinds = ContentType.objects.get_for_models(*rows)
        return cls(user, user.name, addresses, tuple((kinds[model], pks) for model, pks in rows.items()))

    @property
    def _pattern(self):
        return re.compile("|".join(rf"(?<![\w.+-]){re.escape(address)}(?![\w-])" for address in self.addresses), re.IGNORECASE)

    def mentions(self, column):
        """Rows whose text or JSON column may hold the name or an address."""
        words = [*self.addresses, *([self.name] if self.name else [])]
        return reduce(or_, (Q(**{f"{column}__icontains": word}) for word in words))

    def without(self, value):
        """`value`, a text or anything JSON holds, without the person's addresses and without values that are just the name."""
        if isinstance(value, str):
            is_name = self.name and value.strip().casefold() == self.name.casefold()
            return "" if is_name else self._pattern.sub("…", value)
        if isinstance(value, list):
            return [self.without(one) for one in value]
        return {key: self.without(one) for key, one in value.items()} if isinstance(value, dict) else value


def scrub(holding, person):
    """Take name and addresses out of the columns in which anybody's rows may mention them."""
    for column in holding.scrub:
        is_json = isinstance(holding.noun._meta.get_field(column), JSONField)
        rows = holding.noun._base_manager.filter(person.mentions(column)).only("pk", column)
        for row in rows.iterator(chunk_size=500):
            before = getattr(row, column)
            after = person.without(before)
            if after != before:
                holding.noun._base_manager.filter(pk=row.pk).update(**{column: after if is_json else str(after)})
