"""For programs: health, readiness, robots, site map, keys, the drawing in the browser's tab, built files."""

from __future__ import annotations

import re
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response

from portal.security import signing
from portal.usecases import catalogue
from portal.usecases.refusals import NotFound
from portal.web.access import Role, allow
from portal.web.compression import coding_for
from portal.web.pages import address
from portal.web.portal_state import portal_of

_PUBLIC_PAGES = ("home", "services", "about", "contact", "privacy", "cookies", "terms", "status", "verify")
_FAVICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">'
    '<rect width="24" height="24" rx="5" fill="#053"/>'
    '<g fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round"><circle cx="12" cy="9" r="4.5"/>'
    '<path d="M3.5 18h3M10.5 18h3M17.5 18h3"/></g></svg>'
)
# Only such a name promises that what it names never changes.
_DIGESTED = re.compile(r"[a-z0-9-]{1,60}\.[0-9a-f]{12}\.(?:css|js|svg)")
_MEDIA = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_FOREVER = "public, max-age=31536000, immutable"
_DAY = "public, max-age=86400"


@allow(Role.MACHINE)
async def show_health(_request: Request) -> Response:
    """200 while the process answers."""
    return PlainTextResponse("ok")


@allow(Role.MACHINE)
async def show_readiness(request: Request) -> Response:
    """200 when the database can be read and services are published; otherwise 503 from the error pages."""
    published = await portal_of(request).database.look(catalogue.published)
    return JSONResponse({"ready": bool(published)}, 200 if published else 503)


@allow(Role.MACHINE)
async def show_robots(request: Request) -> Response:
    """Public pages may be read by machines; personal ones need no visit."""
    base = portal_of(request).settings.base_url
    lines = ["User-agent: *", *(f"Disallow: /*/{part}" for part in ("apply", "receipts", "track", "my"))]
    return PlainTextResponse("\n".join([*lines, f"Sitemap: {base}/sitemap.xml", ""]))


@allow(Role.MACHINE)
async def show_sitemap(request: Request) -> Response:
    """Every public page in every language, each naming its twins."""
    portal = portal_of(request)
    published = await portal.database.look(catalogue.published)
    routes: list[tuple[str, dict[str, str]]] = [(f"public:{name}", {}) for name in _PUBLIC_PAGES]
    routes += [("public:service", {"service": one.service.key}) for one in published]
    urls = [_url(request, name, params) for name, params in routes]
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:xhtml="http://www.w3.org/1999/xhtml">\n{"".join(urls)}</urlset>\n'
    )
    return Response(body, media_type="application/xml")


def _url(request: Request, name: str, params: dict[str, str]) -> str:
    portal = portal_of(request)
    addresses = {
        code: portal.settings.base_url + address(request, name, code, **params) for code in portal.locales
    }
    twins = "".join(f'<xhtml:link rel="alternate" hreflang="{c}" href="{a}"/>' for c, a in addresses.items())
    return "".join(f"<url><loc>{place}</loc>{twins}</url>\n" for place in addresses.values())


@allow(Role.MACHINE)
async def show_favicon(_request: Request) -> Response:
    """The sun over the stitch."""
    return Response(_FAVICON, media_type="image/svg+xml", headers={"cache-control": _DAY})


@allow(Role.MACHINE)
async def show_security_contact(request: Request) -> Response:
    """Where to report a weakness (RFC 9116)."""
    portal = portal_of(request)
    expires = (portal.now() + timedelta(days=180)).strftime("%Y-%m-%dT00:00:00Z")
    contact = portal.settings.base_url + address(request, "public:contact", "en")
    return PlainTextResponse(f"Contact: {contact}\nExpires: {expires}\nPreferred-Languages: bn, en\n")


@allow(Role.MACHINE)
async def show_keys(request: Request) -> Response:
    """The public keys that receipts are signed with, as a JWK set."""
    return JSONResponse(
        {"keys": signing.public_keys(portal_of(request).keyring)}, headers={"cache-control": _DAY}
    )


@allow(Role.MACHINE)
async def show_static(request: Request) -> Response:
    """A built file under a name that carries its own digest, so it may be kept for ever."""
    name = request.path_params["name"]
    path = portal_of(request).settings.build / "static" / name
    if not _DIGESTED.fullmatch(name) or not path.is_file():
        raise NotFound
    headers, media = {"cache-control": _FOREVER}, _MEDIA[path.suffix]
    ready = path.with_name(path.name + ".br")
    if coding_for(request.headers) == "br" and ready.is_file():
        headers |= {"content-encoding": "br", "vary": "Accept-Encoding"}
        return FileResponse(ready, headers=headers, media_type=media)
    return FileResponse(path, headers=headers, media_type=media)
