"""Two at once, for real: threads that begin together, each on a connection of its own."""

import threading

from django.db import connection


def at_once(*calls):
    """Run the calls together; their answers in order, an exception as the answer of the call that raised it."""
    barrier, answers = threading.Barrier(len(calls)), [None] * len(calls)

    def run(place, one):
        barrier.wait()
        try:
            answers[place] = one()
        except Exception as error:  # noqa: BLE001 - it is that call's answer
            answers[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
