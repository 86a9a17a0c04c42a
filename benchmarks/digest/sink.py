"""A mail server that takes everything and keeps nothing, in a process of its own: `python -m benchmarks.digest.sink PORT`."""

import asyncio
import contextlib
import subprocess
import sys

from aiosmtpd.smtp import SMTP

from benchmarks import server


class Nothing:
    async def handle_DATA(self, session_server, session, envelope):
        return "250 Accepted"


async def serve(port):
    loop = asyncio.get_running_loop()
    listening = await loop.create_server(lambda: SMTP(Nothing(), hostname="localhost", timeout=600), "127.0.0.1", port)
    print("ready", flush=True)
    await listening.serve_forever()


@contextlib.contextmanager
def running(port):
    """The server, for the length of a block."""
    command = [sys.executable, "-m", "benchmarks.digest.sink", str(port)]
    process = subprocess.Popen(command, cwd=server.ROOT, stdout=subprocess.PIPE, text=True)
    try:
        if process.stdout.readline() != "ready\n":
            raise RuntimeError("The mail server that takes everything does not start")
        yield
    finally:
        process.terminate()
        process.wait(timeout=server.PATIENCE)


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
