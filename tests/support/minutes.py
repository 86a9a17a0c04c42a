"""Minutes as tests write them: a point, a decision, something to do."""

from datetime import timedelta

from django.utils import timezone

from events import actions
from events.content import base_of, content_of


def typed_for(draft, **changed):
    """(content, base) of a form over the draft with other values in it."""
    now = content_of(draft)
    return now | changed, base_of(now)


def write(draft, *, by, decisions=("We count kWh per lit kilometre.",), agreed=("Send the numbers",), owner=None, **changed):
    """Save a draft in which something is said, decided and agreed; returns it as it stands."""
    content, base = typed_for(draft)
    content["points"][0]["text"] = "Nine winters in one table."
    point, owner = content["points"][0]["key"], owner or by
    content["decisions"] += [{"key": "", "point": point, "text": text, "organisations": [], "dissent": ""} for text in decisions]
    due = timezone.localdate() + timedelta(days=30)
    content["agreed"] += [{"key": "", "text": text, "owner": owner.pk, "owner_name": "", "due_on": due} for text in agreed]
    for kind in ("decisions", "agreed"):
        content[kind] = [row if row["key"] else row | {"key": key_of(kind, number)} for number, row in enumerate(content[kind])]
    return actions.save_minutes(draft, by=by, typed=content | changed, base=base).minutes


def key_of(kind, number):
    """The key of a row that a test writes."""
    return f"{1 if kind == 'decisions' else 2:08d}-0000-4000-8000-{number:012d}"


def form_data(draft, **changed):
    """What the form of a draft sends, as a browser would; `changed` are fields by their names."""
    from events.forms import MinutesForm

    form = MinutesForm(draft)
    data = {"base": form.base, "token": str(form.token), "language": draft.language, "remarks": draft.remarks}
    for name, rows in form.sets.items():
        data |= {f"{name}-TOTAL_FORMS": str(len(rows.forms)), f"{name}-INITIAL_FORMS": "0"}
        for row in rows.forms:
            for field in row:
                value = field.value()
                if field.name != "DELETE" and value not in (None, "", False, []):
                    data[field.html_name] = value
    return data | changed
