"""`{% load forms %}`: what the form templates in templates/forms/ draw fields with."""

from django import forms, template

register = template.Library()
PLAIN = (forms.CheckboxInput, forms.CheckboxSelectMultiple, forms.RadioSelect, forms.FileInput, forms.HiddenInput)
SHORT = (forms.NumberInput, forms.DateInput, forms.TimeInput, forms.DateTimeInput)


def _kind(field):
    widget = field.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    return "file" if isinstance(widget, forms.FileInput) else "input"


@register.filter
def control_kind(field):
    """hidden, check (one box), choices (boxes or buttons), file or input."""
    return _kind(field)


@register.simple_tag
def control(field):
    """The field's widget in the portal's classes; ids of help and error are connected by Django (aria-describedby)."""
    widget = field.field.widget
    if isinstance(widget, PLAIN):
        return field.as_widget()
    css = " ".join(filter(None, [widget.attrs.get("class", ""), "input", "input--short" if isinstance(widget, SHORT) else ""]))
    return field.as_widget(attrs={"class": css})


@register.filter
def error_count(form):
    """How many answers need another look: fields with errors, and the form itself."""
    return len(form.errors)
