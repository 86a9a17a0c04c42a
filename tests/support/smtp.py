"""A mail server for tests that refuses, hangs and hangs up as the receiver's address tells it."""

import asyncio
import contextlib
import email
import email.policy
import threading

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

from tests.support.servers import free_port

#: Longer than any time limit a test sets.
FOR_EVER = 600
#: Refused the first time only.
ONCE = {
    "later": "451 4.7.1 Try again later",
    "grey": "450 4.2.0 Greylisted",
    "full": "452 4.2.2 Over quota",
    "slow": "421 4.7.0 Too many mails",
    "lost": "",
}


class Sink:
    """Keeps every mail it accepted. The receiver's local part begins with what is to happen:

    later (451 once), never (550), named (550 with the address), policy (550, but not because of the receiver), grey (450 once),
    full (452 once), slow (421 once),
    hang (silent at RCPT), lost (closed at RCPT, once), cut (closed after DATA), silent (no answer after DATA), down (421),
    content (554 after DATA), early (554 in the place of “go on” to DATA).
    """

    def __init__(self):
        self.accepted = []
        self.refused_once = set()
        self.tries = []
        self.pause = 0
        self.lock = threading.Lock()

    @property
    def receivers(self):
        return [receiver for receiver, _message in self.accepted]

    @property
    def messages(self):
        return [email.message_from_bytes(text, policy=email.policy.default) for _receiver, text in self.accepted]

    async def handle_RCPT(self, server, session, envelope, address, options):
        word = address.partition("-")[0]
        self.tries.append(address)
        if word == "hang":
            await asyncio.sleep(FOR_EVER)
        if word == "never":
            return "550 5.1.1 No such mailbox"
        if word == "named":
            return f"550 5.1.1 <{address}>: Recipient address rejected"
        if word == "down":
            return "421 4.3.2 Going down"
        if word == "policy":
            return "550 5.7.1 Relaying denied"
        if word in ONCE and address not in self.refused_once:
            self.refused_once.add(address)
            if word == "lost":
                server.transport.abort()
            return ONCE[word]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        word = envelope.rcpt_tos[0].partition("-")[0]
        if self.pause:
            await asyncio.sleep(self.pause)
        if word == "content":
            return "554 5.6.0 This text is not taken"
        with self.lock:
            self.accepted.append((envelope.rcpt_tos[0], envelope.content))
        if word == "silent":
            await asyncio.sleep(FOR_EVER)
        if word == "cut":
            server.transport.abort()
        return "250 Accepted"


class _Server(SMTP):
    async def smtp_DATA(self, arg):
        if (self.envelope.rcpt_tos or [""])[0].startswith("early"):
            await self.push("554 5.7.1 No text is wanted")
        else:
            await super().smtp_DATA(arg)


class _Controller(Controller):
    def factory(self):
        return _Server(self.handler, hostname="localhost", enable_SMTPUTF8=False, timeout=FOR_EVER)


@contextlib.contextmanager
def sink(context=None):
    """A running sink; `port` says where. With a TLS context it speaks TLS from the first byte on."""
    handler = Sink()
    controller = _Controller(handler, hostname="127.0.0.1", port=free_port(), ssl_context=context)
    controller.start()
    handler.port = controller.port
    try:
        yield handler
    finally:
        with contextlib.suppress(TimeoutError):
            controller.stop(no_assert=True)
