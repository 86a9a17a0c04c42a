"""What apps above end when somebody leaves an organisation or is taken out of it. They register when they are loaded.

`end(organisation, user, by=…)` is called inside the verb's transaction, once the membership is gone.
"""

_ends = []


def register_leaving(end):
    _ends.append(end)


def ended(organisation, user, *, by):
    for end in _ends:
        end(organisation, user, by=by)
