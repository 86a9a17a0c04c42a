"""How the portal's forms are drawn: field markup exists once, in templates/forms/."""

from django.forms.renderers import TemplatesSetting


class PortalRenderer(TemplatesSetting):
    """`FORM_RENDERER`: `{{ form }}` and `{{ form.field.as_field_group }}` in the portal's design."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
