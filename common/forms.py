"""How the portal's forms are drawn: field markup exists once, in templates/forms/."""

from django.forms.renderers import TemplatesSetting


class PortalRenderer(TemplatesSetting):
    """`FORM_RENDERER`: `{{ form }}` and `{{ form.field.as_field_group }}` in the portal's design."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"


def take(form, refusal, names=None):
    """Say a verb's reasons, each at the field of the form that it is about; `names` maps those that are called otherwise there."""
    for name, errors in getattr(refusal, "error_dict", {None: refusal}).items():
        field = (names or {}).get(name, name)
        form.add_error(field if field in form.fields else None, errors)
