"""`{% load discussions %}`: where a discussion opens, and how much of it is unread."""

from django import template

register = template.Library()


@register.simple_tag
def unread_of(thread):
    """How many posts the reader has not read; 0 for a thread without `read_to`."""
    return max(thread.post_count - getattr(thread, "read_to", thread.post_count), 0)


@register.filter
def topic_of(thread, place):
    """Where a discussion opens: at its first unread post, else at its last."""
    return f"{place.url_of('topic', thread.pk)}#unread"
