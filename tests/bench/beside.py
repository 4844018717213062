"""What a page is measured beside, in processes of their own: ready bytes, and a template of the page."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import httpx2

from tests.running import ROOT, free_ports

_FLOOR = """
import sys, uvicorn
BODY = open(sys.argv[2], "rb").read()
HEADERS = [(b"content-type", b"text/html"), (b"content-length", str(len(BODY)).encode())]
async def app(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    await send({"type": "http.response.body", "body": BODY})
uvicorn.run(app, port=int(sys.argv[1]), access_log=False, log_level="error", lifespan="off")
"""
# Line by line through autoescape, then packed as the portal packs: what a plain handler of this page costs.
_PEER = """
import sys, uvicorn, brotli, jinja2
from markupsafe import Markup
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route
LINES = [Markup(line) for line in open(sys.argv[2], encoding="utf-8")]
PAGE = jinja2.Environment(autoescape=True).from_string("{% for line in lines %}{{ line }}{% endfor %}")
async def page(request):
    body = brotli.compress(PAGE.render(lines=LINES).encode(), quality=4)
    return Response(body, media_type="text/html", headers={"content-encoding": "br"})
app = Starlette(routes=[Route("/", page)])
uvicorn.run(app, port=int(sys.argv[1]), access_log=False, log_level="error", lifespan="off")
"""


class Beside:
    """A server of one page, and a client of it; ended when the block ends."""

    def __init__(self, program: str, page: Path) -> None:
        self._program, self._page = program, page

    def __enter__(self) -> Beside:
        (port,) = free_ports(1)
        command = [sys.executable, "-c", self._program, str(port), str(self._page)]
        self._child = subprocess.Popen(command, cwd=ROOT)
        self.pid = self._child.pid
        self.client = httpx2.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False)
        while not self._answers():
            time.sleep(0.05)
        return self

    def __exit__(self, *error: object) -> None:
        self.client.close()
        self._child.terminate()
        self._child.wait(10)

    def ask(self) -> httpx2.Response:
        """Fetch the page."""
        return self.client.get("/", headers={"accept-encoding": "br"})

    def _answers(self) -> bool:
        try:
            return self.ask().status_code == 200
        except httpx2.TransportError:
            assert self._child.poll() is None, "it did not start"
            return False


def floor(packed: bytes, folder: Path) -> Beside:
    """The least there can be: these bytes, ready."""
    (folder / "floor").write_bytes(packed)
    return Beside(_FLOOR, folder / "floor")


def peer(html: str, folder: Path) -> Beside:
    """The same page from a bare Starlette handler and a Jinja template."""
    (folder / "peer").write_text(html, "utf-8")
    return Beside(_PEER, folder / "peer")
