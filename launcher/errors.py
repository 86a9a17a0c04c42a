"""The one way the launcher gives up."""


class Stop(Exception):
    """Ends the launcher; its text is the one sentence the person at the terminal reads."""


def say(text):
    """Prints one line at once, also when the output is a pipe."""
    print(text, flush=True)
