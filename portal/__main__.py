"""`python -m portal <command>`: everything a person at a terminal can ask of the portal."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from portal.settings import ROOT, Settings, Unconfigured

Command = Callable[[Settings, argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the command line, run one command, answer its exit code."""
    asked = _parser().parse_args(arguments)
    try:
        settings = Settings.from_environment(os.environ)
    except (Unconfigured, ValueError) as problem:
        print(f"portal: {problem}", file=sys.stderr)
        return 2
    if asked.with_parent:
        from portal.running.serving import stop_with_parent

        stop_with_parent()
    command: Command = asked.command
    if command in NEEDING_BUILD and not (settings.build / "stamps.json").is_file():
        return _fail(f"{settings.build} is not built: type `make build`")
    return command(settings, asked)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m portal", description=__doc__)
    parser.add_argument("--with-parent", action="store_true", help=argparse.SUPPRESS)
    commands = parser.add_subparsers(metavar="<command>", required=True)

    def add(name: str, command: Command, says: str) -> argparse.ArgumentParser:
        one = commands.add_parser(name, help=says, description=says)
        one.set_defaults(command=command)
        return one

    run = add("run", _run, "prepare everything and run portal, exchange and worker together")
    run.add_argument("--https", action="store_true", help="local certificate, open to this network")
    serve = add("serve", _serve, "run the portal alone")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    serve.add_argument("--certificate", type=Path, help="PEM file; with --key the portal speaks https")
    serve.add_argument("--key", type=Path, help="PEM file of the certificate's key")
    add("exchange", _exchange, "run the stand-in exchange with its synthetic registries")
    add("worker", _worker, "deliver submissions to offices and ask what became of them")
    add("migrate", _migrate, "bring the database's tables up to date")
    publish = add("publish", _publish, "publish the services of a folder, where they changed")
    publish.add_argument("folder", nargs="?", type=Path, help="default: the pilot services")
    check = add("check", _check, "say what keeps services from being published")
    check.add_argument("folders", nargs="*", type=Path, help="default: every pilot service")
    check.add_argument("--language", choices=("bn", "en"), default="en", help="default: %(default)s")
    check.add_argument(
        "--accept-words", action="store_true", help="write down that all translations were looked at"
    )
    build = add("build", _build, "make what is missing or stale in build/")
    build.add_argument("--strict-words", action="store_true", help="fail unless every word is translated")
    add("messages", _messages, "draw platform words from code and templates into locales/")
    add("demo", _demo, "migrate, publish the pilot services and write down the demo people")
    add("doctor", _doctor, "say what is here, what is missing and what to do about it")
    return parser


def _run(settings: Settings, asked: argparse.Namespace) -> int:
    from portal.running.certificate import local_certificate, own_addresses
    from portal.running.supervisor import CannotRun, Run, run_all

    environ, certificate = dict(os.environ), None
    if asked.https:
        certificate = local_certificate(settings.data / "certificates", datetime.now(UTC))
        environ.setdefault("PORTAL_BASE_URL", f"https://{own_addresses()[-1]}:{settings.port}")
        settings = replace(settings, base_url=environ["PORTAL_BASE_URL"].rstrip("/"))
    try:
        return run_all(Run(settings, environ, certificate, _say))
    except CannotRun as problem:
        return _fail(problem)


def _serve(settings: Settings, asked: argparse.Namespace) -> int:
    from portal.running.serving import Door, serve_portal

    serve_portal(settings, Door(asked.host, asked.certificate, asked.key))
    return 0


def _exchange(settings: Settings, asked: argparse.Namespace) -> int:
    from portal.running.serving import serve_exchange

    serve_exchange(settings)
    return 0


def _worker(settings: Settings, asked: argparse.Namespace) -> int:
    from portal.running.serving import run_worker

    run_worker(settings)
    return 0


def _migrate(settings: Settings, asked: argparse.Namespace) -> int:
    from portal.running.preparing import prepare_tables

    prepare_tables(settings)
    return 0


def _publish(settings: Settings, asked: argparse.Namespace) -> int:
    from portal.running.preparing import publish_folder
    from portal.usecases.publish import NotPublishable

    try:
        publish_folder(settings, asked.folder or settings.services, datetime.now(UTC))
    except NotPublishable as problem:
        return _fail(problem)
    return 0


def _check(settings: Settings, asked: argparse.Namespace) -> int:
    from portal.running.preparing import accept_words, check_folders
    from portal.usecases.publish import service_folders

    folders = asked.folders or service_folders(settings.services)
    if asked.accept_words:
        accept_words(folders)
    return _show(check_folders(settings, folders, asked.language))


def _build(settings: Settings, asked: argparse.Namespace) -> int:
    from portal.building import BuildFailed, build_all
    from portal.building.catalogues import word_problems

    try:
        build_all(settings, _say)
    except BuildFailed as problem:
        return _fail(problem)
    return _show(word_problems(ROOT, settings.locales)) if asked.strict_words else 0


def _messages(settings: Settings, asked: argparse.Namespace) -> int:
    from portal.building.catalogues import update_messages

    for changed in update_messages(ROOT, settings.locales):
        _say(f"updated {changed}")
    return 0


def _demo(settings: Settings, asked: argparse.Namespace) -> int:
    from portal.running.preparing import prepare_demo
    from portal.usecases.publish import NotPublishable

    try:
        prepare_demo(settings, datetime.now(UTC))
    except NotPublishable as problem:
        return _fail(problem)
    return 0


def _doctor(settings: Settings, asked: argparse.Namespace) -> int:
    from portal.running.doctor import findings

    found = findings(settings)
    for finding in found:
        print(finding.line())
    return 0 if all(finding.is_well for finding in found if finding.is_needed) else 1


def _show(problems: Sequence[str]) -> int:
    for problem in problems:
        print(problem)
    return 1 if problems else 0


def _say(words: str) -> None:
    print(words, flush=True)


def _fail(problem: Exception | str) -> int:
    print(f"portal: {problem}", file=sys.stderr)
    return 1


NEEDING_BUILD = (_run, _serve, _exchange, _worker, _demo)


if __name__ == "__main__":
    sys.exit(main())
