"""`{% load ui %}`: what templates draw with. The words, with one example each, are in docs/design.md."""

from django import template
from django.http import QueryDict
from django.template.base import token_kwargs

from common import formats, markup, querystrings
from common.components import COMPONENTS, ComponentError
from common.rich_text import highlight, render_story

register = template.Library()

register.simple_tag(markup.icon, name="icon")
register.simple_tag(markup.phase_steps, name="phase_steps")
register.simple_tag(markup.state_badge, name="state_badge")
register.simple_tag(markup.lang_badge, name="lang_badge")
register.simple_tag(markup.lang_attribute, name="lang_attr")
register.simple_tag(markup.cover, name="cover")
register.simple_tag(markup.avatar, name="avatar")

register.filter("language_name", markup.language_name)
register.filter("number", formats.number)
register.filter("money", formats.money)
register.filter("date_range", formats.date_range)
register.filter("year_range", formats.year_range)
register.filter("iso_date", formats.iso_date)
register.filter("highlight", highlight)
register.filter("story", render_story)


@register.simple_tag
def theme_badge(theme, url="", filled=False):
    """Badge of a theme: anything with a `slug` whose text is its name in the reader's language."""
    return markup.theme_badge(theme.slug, str(theme), url, filled)


@register.simple_tag
def theme_icon(theme, size=""):
    """The drawing of a theme, by object or slug."""
    return markup.icon(markup.theme_icon_name(getattr(theme, "slug", theme)), size)


KIND_ICONS = {"info": "info", "success": "check-circle", "warning": "warning", "error": "error", "neutral": "info"}


@register.simple_tag
def kind_icon(kind):
    """The icon of a message's kind."""
    return markup.icon(KIND_ICONS[kind])


@register.simple_tag
def message_kind(message):
    """The kind of a message of django.contrib.messages."""
    return message.level_tag if message.level_tag in KIND_ICONS else "info"


def _query(context):
    request = context.get("request")
    return request.GET if request else QueryDict()


@register.simple_tag(takes_context=True)
def query_with(context, **changes):
    return querystrings.query_with(_query(context), **changes)


@register.simple_tag(takes_context=True)
def query_adding(context, key, value):
    return querystrings.query_adding(_query(context), key, value)


@register.simple_tag(takes_context=True)
def query_without(context, key, value=None):
    return querystrings.query_without(_query(context), key, value)


class ComponentNode(template.Node):
    def __init__(self, component, arguments, slot=None):
        self.component, self.arguments, self.slot = component, arguments, slot

    def render(self, context):
        given = {name: argument.resolve(context) for name, argument in self.arguments.items()}
        if self.slot is not None:
            given["slot"] = self.slot.render(context)
        values = self.component.values(given) | {"request": context.get("request")}
        return context.template.engine.get_template(self.component.template).render(context.new(values))


def _parse(parser, token, extra=()):
    tag, *bits = token.split_contents()
    name = bits.pop(0).strip("\"'") if bits else ""
    if name not in COMPONENTS:
        raise template.TemplateSyntaxError(f"{{% {tag} %}}: there is no component “{name}” in common/components.py")
    arguments = token_kwargs(bits, parser)
    if bits:
        raise template.TemplateSyntaxError(f"{{% {tag} {name} %}}: arguments are written name=value, not “{bits[0]}”")
    try:
        COMPONENTS[name].check({*arguments, *extra})
    except ComponentError as error:
        raise template.TemplateSyntaxError(str(error)) from error
    return COMPONENTS[name], arguments


@register.tag("component")
def component(parser, token):
    """`{% component "name" argument=value %}`: unknown and missing arguments are errors of the template."""
    return ComponentNode(*_parse(parser, token))


@register.tag("slotted")
def slotted(parser, token):
    """`{% slotted "name" argument=value %} … {% endslotted %}`: a component around markup of the page."""
    declared, arguments = _parse(parser, token, extra=("slot",))
    slot = parser.parse(("endslotted",))
    parser.delete_first_token()
    return ComponentNode(declared, arguments, slot)
