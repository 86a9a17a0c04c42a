"""`{% load pages %}`: which page numbers a list shows, and their addresses."""

from django import template

from common.querystrings import query_with

register = template.Library()
NEIGHBOURS = 1


@register.filter
def page_numbers(page):
    """First, last and the neighbours of the current page, `None` for a gap: 1 … 4 5 6 … 27."""
    last = page.paginator.num_pages
    near = range(page.number - NEIGHBOURS, page.number + NEIGHBOURS + 1)
    shown = sorted({1, last, *(number for number in near if 1 <= number <= last)})
    numbers = []
    for number in shown:
        gap = number - (numbers[-1] if numbers else number - 1)
        if gap == 2:
            numbers.append(number - 1)  # one number is shorter than a gap
        elif gap > 2:
            numbers.append(None)
        numbers.append(number)
    return numbers


@register.simple_tag(takes_context=True)
def page_query(context, parameter, number):
    """`?…&page=3`: this address with another page; the first page needs no number."""
    return query_with(context["request"].GET, **{parameter: number if number != 1 else None})
