"""The least a page can cost: the same server, answering ready bytes, in a process of its own."""

from __future__ import annotations

import subprocess
import sys
import time

import httpx2

from tests.running import ROOT, free_ports

_PROGRAM = """
import sys, uvicorn
BODY = b"x" * 2200
HEADERS = [(b"content-type", b"text/html; charset=utf-8"), (b"content-length", b"2200")]
async def app(scope, receive, send):
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        await send({"type": "http.response.body", "body": BODY})
uvicorn.run(app, port=int(sys.argv[1]), access_log=False, log_level="error", lifespan="off")
"""


class Floor:
    """The process, and a client of it; ended when the block ends."""

    def __enter__(self) -> Floor:
        (port,) = free_ports(1)
        self._child = subprocess.Popen([sys.executable, "-c", _PROGRAM, str(port)], cwd=ROOT)
        self.pid = self._child.pid
        self.client = httpx2.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False)
        while not self._answers():
            time.sleep(0.05)
        return self

    def __exit__(self, *error: object) -> None:
        self.client.close()
        self._child.terminate()
        self._child.wait(10)

    def _answers(self) -> bool:
        try:
            return self.client.get("/").status_code == 200
        except httpx2.TransportError:
            assert self._child.poll() is None, "the floor did not start"
            return False
