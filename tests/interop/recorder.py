"""A security server of a few lines: says what it is told to, byte for byte, and remembers what it heard."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Recorder:
    """Listens on a loopback port and gives every connection the same bytes; `None` keeps silent."""

    def __init__(self, says: bytes | None) -> None:
        self.says = says
        self.heard: list[bytes] = []
        self.address = ""
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._stop = asyncio.Event()

    async def _serve(self) -> None:
        server = await asyncio.start_server(self._talk, "127.0.0.1", 0)
        self.address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        self._ready.set()
        await self._stop.wait()
        server.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            self.heard.append(await _whole_request(reader))
            if self.says is None:
                await self._stop.wait()
            else:
                writer.write(self.says)
                await writer.drain()
        finally:
            writer.close()

    def run(self) -> None:
        """Serve until stopped; the body of a thread."""
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._serve())

    def wait(self) -> None:
        """Until it listens."""
        assert self._ready.wait(5)

    def stop(self) -> None:
        """Let `run` end."""
        self._loop.call_soon_threadsafe(self._stop.set)


async def _whole_request(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: (\d+)", head)
    return head + await reader.readexactly(int(length[1]) if length else 0)


@contextmanager
def recording(says: bytes | None) -> Iterator[Recorder]:
    """A recorder for as long as a test needs it."""
    recorder = Recorder(says)
    thread = threading.Thread(target=recorder.run, daemon=True)
    thread.start()
    recorder.wait()
    try:
        yield recorder
    finally:
        recorder.stop()
        thread.join(5)
