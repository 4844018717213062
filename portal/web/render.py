"""Jinja, set strictly: unknown names fail, everything is escaped, each page carries its own style by hash."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import jinja2
from markupsafe import Markup
from starlette.responses import HTMLResponse

from portal.i18n.locale import Locale
from portal.i18n.marks import spoken
from portal.i18n.messages import Message
from portal.i18n.text import Piece, Text

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
_POLICY = (
    "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "img-src 'self'; connect-src 'self'"
)


@dataclass(slots=True)
class Sheet:
    """One page being rendered: hands out styles and scripts, and remembers which, for the content policy."""

    renderer: Renderer
    styles: list[str] = field(default_factory=list)
    has_script: bool = False

    def style(self, bundle: str) -> Markup:
        """The bundle's words, for inlining."""
        self.styles.append(self.renderer.hashes[bundle])
        return Markup(self.renderer.styles[bundle])  # noqa: S704  our own build's style sheet

    def script(self, name: str) -> str | None:
        """The address of a script, or None when it was not built (no Node on the machine)."""
        self.has_script = self.has_script or name in self.renderer.scripts
        return self.renderer.scripts.get(name)

    def policy(self) -> str:
        """The content security policy of just this page."""
        styles = "".join(f" 'sha256-{digest}'" for digest in self.styles)
        script = "; script-src 'self'" if self.has_script else ""
        return f"{_POLICY}; style-src{styles or " 'none'"}{script}"


class Renderer:
    """Renders templates for each locale; styles and scripts come from the build folder."""

    def __init__(self, build: Path, locales: Mapping[str, Locale], *, watches: bool = False) -> None:
        """`watches`: look for changed templates on each page, as page authors want."""
        assets = json.loads((build / "assets.json").read_text("utf-8"))
        self.styles: dict[str, str] = {
            name: (build / "static" / f"{name}.css").read_text("utf-8") for name in assets["bundles"]
        }
        self.hashes: dict[str, str] = {name: item["sha256"] for name, item in assets["bundles"].items()}
        self.scripts: dict[str, str] = assets["scripts"]
        self._environments = {
            code: _environment(locale if locale.is_complete else replace(locale, is_marking=True), watches)
            for code, locale in locales.items()
        }

    def page(
        self, locale: Locale, template: str, context: Mapping[str, object], *, status: int = 200
    ) -> HTMLResponse:
        """A whole page in `locale`, with the policy that lets its own style in and nothing else."""
        sheet = Sheet(self)
        html = self._environments[locale.code].get_template(template).render({**context, "sheet": sheet})
        words = html if locale.is_complete else spoken(html)
        return HTMLResponse(words, status, {"content-security-policy": sheet.policy()})


def _environment(locale: Locale, watches: bool) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        auto_reload=watches,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.loopcontrols"],
    )
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        locale.gettext, locale.ngettext, newstyle=True
    )
    environment.globals.update(locale=locale, pictogram=pictogram)
    environment.filters["words"] = functools.partial(_words, locale)
    environment.filters["plain"] = locale.say
    return environment


def _words(locale: Locale, text: Text | Piece | Message | str) -> str | Markup:
    """The words in the page's language, or in the nearest one there is, marked as such for screen readers."""
    if isinstance(text, Message | str):
        return locale.say(text)
    piece = text if isinstance(text, Piece) else text.piece(locale.code)
    if piece.lang == locale.code:
        return piece.words
    return Markup('<span lang="{}">{}</span>').format(piece.lang, piece.words)


@functools.cache
def pictogram(name: str) -> Markup:
    """The drawing `name`, hidden from screen readers: a word always stands beside it."""
    return Markup((TEMPLATES / "pictograms" / f"{name}.svg").read_text("utf-8").strip())  # noqa: S704  our own file
