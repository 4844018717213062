"""Platform words: drawn from code and templates, kept in `locales/`, compiled into `build/locales/`."""

from __future__ import annotations

import io
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import babel
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from portal.building.steps import Step, write_whole

LANGUAGES = ("bn", "en")
SOURCE_LANGUAGE = "en"
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "gettext": None,
    "lazy": None,
    "ngettext": (1, 2),
    "nlazy": (1, 2),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")
# These would make two runs differ, or name a person or a tool.
UNSTABLE = re.compile(
    rb'^"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By'
    rb'|Report-Msgid-Bugs-To):[^\n]*"\n',
    re.M,
)


def catalogue_steps(locales: Path, build: Path) -> tuple[Step, ...]:
    """One step a language: `messages.po` becomes `messages.mo`."""
    return tuple(_compile_step(code, locales, build) for code in languages(locales))


def languages(locales: Path) -> tuple[str, ...]:
    """Bangla and English, and every other language whose folder has a catalogue."""
    others = {path.parent.parent.name for path in locales.glob("*/LC_MESSAGES/messages.po")}
    return (*LANGUAGES, *sorted(others - set(LANGUAGES)))


def update_messages(root: Path, locales: Path) -> tuple[str, ...]:
    """Draw every message again and bring the template and each language up to date; answers what changed."""
    template = extract(root)
    wanted = {locales / "messages.pot": as_po(template)}
    for code in languages(locales):
        wanted[_po(locales, code)] = as_po(_updated(code, template, locales))
    changed = [path for path, content in wanted.items() if not path.is_file() or path.read_bytes() != content]
    for path in changed:
        write_whole(path, wanted[path])
    return tuple(path.relative_to(locales).as_posix() for path in changed)


def word_problems(root: Path, locales: Path) -> tuple[str, ...]:
    """What keeps the catalogues from being complete and current, in words; empty when all is well."""
    template = extract(root)
    pot = locales / "messages.pot"
    problems = []
    if not pot.is_file() or pot.read_bytes() != as_po(template):
        problems.append(f"{pot.name} is not current: run `make messages`")
    for code in LANGUAGES:
        path = _po(locales, code)
        if not path.is_file():
            problems.append(f"{code}: no catalogue; run `make messages`")
            continue
        problems.extend(f"{code}: {problem}" for problem in _catalogue_problems(_read(path, code), template))
    return tuple(problems)


def extract(root: Path) -> Catalog:
    """Every message of code and templates, in a stable order, with the files it stands in."""
    catalogue = _empty(None)
    found = extract_from_dir(
        str(root / "portal"),
        *_mapping(root),
        keywords=KEYWORDS,
        comment_tags=("Translators:",),
        strip_comment_tags=True,
        directory_filter=None,
    )
    for name, line, words, comments, context in sorted(found, key=lambda one: (one[0], one[1])):
        place = [(f"portal/{name}", line)]
        catalogue.add(words, locations=place, auto_comments=comments, context=context)
    return catalogue


def as_po(catalogue: Catalog) -> bytes:
    """The catalogue as a file that differs only when its words differ."""
    out = io.BytesIO()
    write_po(out, catalogue, width=110, sort_by_file=True, include_lineno=False, ignore_obsolete=True)
    return UNSTABLE.sub(b"", out.getvalue())


def _compile_step(code: str, locales: Path, build: Path) -> Step:
    about = locales / code / "locale.toml"
    source, result = _po(locales, code), build / "locales" / code / "LC_MESSAGES" / "messages.mo"

    def make() -> None:
        out = io.BytesIO()
        write_mo(out, _read(source, code) if source.is_file() else _empty(code))
        write_whole(result, out.getvalue())
        if about.is_file():
            write_whole(build / "locales" / code / about.name, about.read_bytes())

    return Step(f"locales {code}", (source, about, Path(__file__)), (result,), make)


def _po(locales: Path, code: str) -> Path:
    return locales / code / "LC_MESSAGES" / "messages.po"


def _read(path: Path, code: str) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=_known(code), abort_invalid=True)


def _empty(code: str | None) -> Catalog:
    return Catalog(locale=_known(code), project="Shohoj Sheba", version="1", header_comment="", fuzzy=False)


def _known(code: str | None) -> str | None:
    """The code, where Babel has rules for its plurals; a language it never heard of has the usual two."""
    try:
        return str(babel.Locale.parse(code, sep="-")) if code else None
    except (babel.UnknownLocaleError, ValueError):
        return None


def _mapping(root: Path) -> tuple[list[tuple[str, str]], dict[str, dict[str, str]]]:
    """Babel's own mapping from pyproject.toml, with patterns as seen from `portal/`."""
    entries = tomllib.loads((root / "pyproject.toml").read_text())["tool"]["babel"]["mappings"]
    methods, options = [], {}
    for entry in entries:
        pattern = str(entry.pop("pattern")).removeprefix("portal/")
        methods.append((pattern, str(entry.pop("method"))))
        options[pattern] = {str(name): str(value) for name, value in entry.items()}
    return methods, options


def _updated(code: str, template: Catalog, locales: Path) -> Catalog:
    path = _po(locales, code)
    catalogue = _read(path, code) if path.is_file() else _empty(code)
    # No guessing: a changed English sentence is a new sentence, to be translated by a person.
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.header_comment = ""
    if code == SOURCE_LANGUAGE:
        for message in _real_messages(catalogue):
            message.string = message.id
    return catalogue


def _real_messages(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def _catalogue_problems(catalogue: Catalog, template: Catalog) -> Iterator[str]:
    asked = {_key(message) for message in _real_messages(template)}
    held = {_key(message): message for message in _real_messages(catalogue)}
    yield from (f"not in the catalogue: {key!r}; run `make messages`" for key in sorted(asked - held.keys()))
    yield from (f"no longer used: {key!r}; run `make messages`" for key in sorted(held.keys() - asked))
    yield from filter(None, map(_message_problem, held.values()))


def _message_problem(message: Message) -> str | None:
    words = _forms(message.string)
    if message.fuzzy:
        return f"unsure (fuzzy): {_key(message)!r}"
    if not words or not all(words):
        return f"not translated: {_key(message)!r}"
    asked = set().union(*(_placeholders(form) for form in _forms(message.id)))
    if any(_placeholders(form) - asked for form in words) or _placeholders(words[-1]) != asked:
        return f"other placeholders than the English: {_key(message)!r}"
    return None


def _forms(words: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words or ())


def _key(message: Message) -> str:
    return _forms(message.id)[0]


def _placeholders(words: str) -> set[str]:
    return {named or braced for named, braced in PLACEHOLDER.findall(words)}
