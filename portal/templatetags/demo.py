"""`{% load demo %}`: the demo's people on the sign-in page, where the settings allow it."""

from django import template

from portal.demo.members import PASSWORD, demo_people

register = template.Library()


@register.inclusion_tag("account/_demo.html", takes_context=True)
def demo_sign_ins(context):
    """A button for each demo sign-in; nothing in production, which refuses the setting."""
    kept = {name: context.get(name, "") for name in ("request", "redirect_field", "csrf_token")}
    return {**kept, "people": demo_people(), "password": PASSWORD}
