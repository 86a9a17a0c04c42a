"""The rows that belong to a lab or an offer: plain data in, cleaned rows out, written as a whole."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from common.rows import clean_row, clean_rows
from livinglabs.models import Element, Equipment, LabPartner, LabSite, LabText, OfferText, TeamMember

#: Argument of the verbs, the model it fills and the name of the relation, which is the same.
ROWS = {"sites": LabSite, "partners": LabPartner, "team": TeamMember, "elements": Element, "equipment": Equipment}
MOST_ROWS = 60
#: What makes a row the same row: what others have said about it stays.
SAME = {"partners": ("organisation_id", "name")}


def clean_parts(lab, parts):
    """`{name: rows}` of unsaved, cleaned rows for the parts given; raises `ValidationError` by name of the part."""
    cleaned, errors = {}, {}
    for name, rows in parts.items():
        try:
            cleaned[name] = clean_rows(ROWS[name], rows, lab=lab)
            _check(name, cleaned[name])
        except ValidationError as error:
            errors[name] = error.messages
    if errors:
        raise ValidationError(errors)
    return cleaned


def _check(name, rows):
    if len(rows) > MOST_ROWS:
        raise ValidationError(_("There are more than %(most)d rows.") % {"most": MOST_ROWS})
    keys = {"partners": "organisation_id", "team": "user_id", "elements": "kind", "equipment": "infrastructure_id"}
    if name in keys:
        named = [value for row in rows if (value := getattr(row, keys[name]))]
        if len(set(named)) < len(named):
            raise ValidationError(_("The same is named twice."))


def write_parts(lab, cleaned):
    """Replace the rows of each part named in `cleaned`. A partner that stands there already stays, with what it has answered."""
    for name, rows in cleaned.items():
        standing = {_saying(name, row): row for row in getattr(lab, name).all()} if name in SAME else {}
        kept = {number: found for number, row in enumerate(rows) if (found := standing.pop(_saying(name, row), None))} if standing else {}
        getattr(lab, name).exclude(pk__in=[row.pk for row in kept.values()]).delete()
        for number, row in enumerate(rows):
            row.lab = lab
            if number in kept:
                row.pk, row.state = kept[number].pk, kept[number].state
        made = [row for number, row in enumerate(rows) if number not in kept]
        ROWS[name]._default_manager.bulk_create(made)
        if kept:
            ROWS[name]._default_manager.bulk_update([rows[number] for number in kept], ["role", "position"])


def _saying(name, row):
    return tuple(getattr(row, field) for field in SAME[name])


# ---- texts


class Words:
    """Texts of one noun by language. `model` is their row, `parent` the name of the noun in it, `main` what every text must have."""

    def __init__(self, model, parent, main, fields):
        self.model, self.parent, self.main, self.fields = model, parent, main, fields

    def clean(self, present, given, language=""):
        """Cleaned rows by language: those `present` (`{language: row}`) with what is `given`, a list of mappings.

        What a mapping does not name stays. A text whose main words are taken away goes, unless it is the original. `language` is the
        original's from now on. Raises `ValidationError` by field.
        """
        rows = dict(present)
        original = next((row for row in rows.values() if row.is_original), None)
        if language and original and language != original.language:
            if language in rows:
                raise ValidationError({"language": _("There is a text in this language already.")})
            rows.pop(original.language)
            original.language = language
            rows[language] = original
        if not original and given and not any(text.get("is_original") for text in given):
            given = [{**given[0], "is_original": True}, *given[1:]]
        for text in given:
            row = rows.setdefault(text["language"], self.model(language=text["language"]))
            for name, value in text.items():
                setattr(row, name, value)
            if row.is_original or getattr(row, self.main).strip():
                clean_row(row, exclude=(self.parent, "keywords"))
            else:
                rows.pop(row.language)
        self._check(rows.values())
        return rows

    def _check(self, rows):
        if [row.is_original for row in rows].count(True) != 1 or not all(getattr(row, self.main) for row in rows):
            raise ValidationError({self.main: _("Write a name in the first language.")})

    def present(self, noun):
        return {row.language: row for row in self.model._default_manager.filter(**{self.parent: noun}).defer("vector")}

    def write(self, noun, rows):
        """Call inside the verb's transaction."""
        keys = [row.pk for row in rows.values() if row.pk]
        self.model._default_manager.filter(**{self.parent: noun}).exclude(pk__in=keys).delete()
        for row in rows.values():
            setattr(row, self.parent, noun)
        new = [row for row in rows.values() if not row.pk]
        self.model._default_manager.bulk_update([row for row in rows.values() if row.pk], [*self.fields, "language"])
        self.model._default_manager.bulk_create(new)


LAB_WORDS = Words(LabText, "lab", "name", ("name", "summary", "special", "story", "legal", "ethics"))
OFFER_WORDS = Words(OfferText, "offer", "title", ("title", "summary", "description", "permits", "data_rights", "insurance"))
