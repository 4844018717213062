"""`python -m accessibility audit <url>`: judge a running portal and keep the evidence."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from accessibility.audit import Audit
from accessibility.engines.axe_selenium import BlindEngine, open_driver, require_sight
from accessibility.evidence import Evidence
from accessibility.exceptions import load_exceptions
from accessibility.robot import Lost, people

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str] | None = None) -> int:
    """0 when nothing failed, 1 when something did, 2 when the audit could not be made."""
    parser = argparse.ArgumentParser(prog="python -m accessibility", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    audit = commands.add_parser("audit", help="every page and state of a running portal, by axe")
    audit.add_argument("url", help="where it runs, such as http://127.0.0.1:8000")
    audit.add_argument("--person", help="file name of the example who walks (default: the first submitted)")
    audit.add_argument("--out", type=Path, default=ROOT / "build" / "evidence", help="default: %(default)s")
    asked = parser.parse_args(arguments)
    try:
        return _audit(asked.url.rstrip("/"), asked.person, asked.out)
    except (BlindEngine, Lost) as trouble:
        _say(f"accessibility: {trouble}")
        return 2


def _audit(base_url: str, name: str | None, folder: Path) -> int:
    walkers = [one for one in people() if one.expect == "submitted" and name in (None, one.name)]
    if not walkers:
        raise Lost(f"no example ends submitted under the name {name}")
    driver = open_driver()
    try:
        require_sight(driver)
        assertions = list(Audit(driver, base_url, walkers[0], _say).run())
    finally:
        driver.quit()
    evidence = Evidence(base_url, datetime.now(UTC), assertions, load_exceptions())
    paths = evidence.write(folder)
    for line in evidence.troubles:
        _say(line)
    _say(f"{len(evidence.failures)} failures; kept in {paths[0]} and {paths[1]}")
    return 1 if evidence.troubles else 0


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
