"""The figures of a run as tables, beside what was promised."""

from statistics import median

from benchmarks.report import table

#: Of the limit, which is smtplib pushing the same finished messages over one connection in the same run.
GOAL, DREAM = 0.3, 0.5
MOST_STATEMENTS = 60
MOST_READS = 0.2
MOST_COMMITS = 2
MOST_GROWTH = 1.3
HEAD = """# What the digest costs

{at} · Python {python} · {processors} processors, load {load[0]:.1f} at the beginning and {load[1]:.1f} at the end · the database, the
senders and the mail server share the machine.

A week with {news:,} news: discussions, projects, labs, offers, events and groups, in three languages, for readers who follow, belong to and
keep out different things. Who sends is `notifications.tasks.send_chunk` on production settings, chunk after chunk as its task does;
PostgreSQL keeps its promises (`synchronous_commit` and `fsync` on). The mail server is aiosmtpd in a process of its own. *Limit*: smtplib
pushes finished messages of the same readers over one connection to that server and does nothing else. *Plain loop*: a few queries, one
template and one message for each reader, without a ledger (`benchmarks/digest/plain.py`). They take turns, so that whatever else the
machine does falls on all of them alike; figures are medians of the turns.
"""


def markdown(run):
    """The whole report."""
    parts = [HEAD.format(**run, news=run["sizes"][-1]["filled"]["news"])]
    parts += ["## Planning\n", table(PLANNING, [_planning(size) for size in run["sizes"]])]
    parts += ["## Sending beside the limit\n", table(SPEED, [_speed(size) for size in run["sizes"]])]
    parts += ["## One sender, for longer\n", table(LONG, [_long(size) for size in run["sizes"]])]
    parts += ["## Promises\n", table(("promise", "measured", "kept"), list(_promises(run["sizes"])))]
    parts.append("How PostgreSQL answers the planner's statement and a claim at the largest size stands in `digest-plans.txt`.\n")
    return "\n".join(parts)


PLANNING = (
    "readers",
    "planned",
    "seconds",
    "statements",
    "commits",
    "statements for 500 readers",
    "rows drawn for 500 readers",
    "rows used",
)
SPEED = ("readers", "limit mails/s", "one sender", "of the limit", "two senders", "of the limit", "plain loop", "of the limit", "KB a mail",
         "processor ms: limit", "one sender")  # fmt: skip
LONG = ("readers", "mails", "readers/s", "processor ms a mail", "database ms", "reads a mail", "commits a mail", "MB at the most")


def _planning(size):
    planned, asked = size["planned"], size["queries"]
    statements = planned.get("reads", 0) + planned.get("writes", 0)
    return (f"{size['readers']:,}", f"{planned['planned']:,}", f"{planned['seconds']:.2f}", statements, planned["commits"],
            asked["statements"], asked["drawn"], asked["used"])  # fmt: skip


def rate(turns):
    """Mails a second, the median of the turns."""
    return median(turn["mails"] / turn["seconds"] for turn in turns)


def ratio(size, name):
    """Of the limit: each turn beside that of the same round."""
    turns = zip(size["turns"][name], size["turns"]["limit"], strict=True)
    return median((one["mails"] / one["seconds"]) / (limit["mails"] / limit["seconds"]) for one, limit in turns)


def _processor(turns):
    return median(turn["processor_s"] / turn["mails"] * 1000 for turn in turns)


def _speed(size):
    turns, cells = size["turns"], [f"{size['readers']:,}", f"{rate(size['turns']['limit']):.0f}"]
    for name in ("one", "two", "loop"):
        cells += [f"{rate(turns[name]):.0f}", f"{ratio(size, name):.2f}"]
    return (*cells, f"{size['kept']['bytes'] / 1000:.0f}", f"{_processor(turns['limit']):.2f}", f"{_processor(turns['one']):.2f}")


def _long(size):
    long, mails = size["long"], size["long"]["mails"]
    return (f"{size['readers']:,}", f"{mails:,}", f"{mails / long['seconds']:.0f}", f"{long['processor_s'] / mails * 1000:.2f}",
            f"{long['database_s'] / mails * 1000:.2f}", f"{long['reads'] / mails:.2f}", f"{long['commits'] / mails:.2f}",
            f"{long['VmHWM']:.0f}")  # fmt: skip


def _promises(sizes):
    for size in sizes:
        of, long = f"at {size['readers']:,}", size["long"]
        yield _at_least(f"one sender ≥ {GOAL} of the limit {of} (the dream: {DREAM})", ratio(size, "one"), GOAL)
        yield _at_most(f"statements for 500 readers ≤ {MOST_STATEMENTS} {of}", size["queries"]["statements"], MOST_STATEMENTS)
        yield _at_most(f"reads a mail ≤ {MOST_READS} {of}", long["reads"] / long["mails"], MOST_READS)
        yield _at_most(f"commits a mail ≤ {MOST_COMMITS} {of}", long["commits"] / long["mails"], MOST_COMMITS)
    if len(sizes) > 1:
        growth = sizes[-1]["long"]["VmHWM"] / sizes[0]["long"]["VmHWM"]
        yield _at_most(f"memory ≤ {MOST_GROWTH} × from {sizes[0]['readers']:,} to {sizes[-1]['readers']:,}", growth, MOST_GROWTH)


def _at_most(words, measured, most):
    return words, f"{measured:.2f}", "yes" if measured <= most else "**no**"


def _at_least(words, measured, least):
    return words, f"{measured:.2f}", "yes" if measured >= least else "**no**"


def plans(size):
    """How PostgreSQL answers what reads the whole ledger."""
    parts = [f"{name}, {size['readers']:,} readers\n\n" + "\n".join(line[:220] for line in lines) for name, lines in size["plans"].items()]
    return "\n\n\n".join(parts) + "\n"
