"""axe-core through axe-selenium-python and the distribution's Chromium: the required engine."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from axe_selenium_python import Axe
from axe_selenium_python.axe import _DEFAULT_SCRIPT
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service

from accessibility.assertion import Assertion, Outcome, Subject

CHROMIUM, DRIVER = "/usr/bin/chromium", "/usr/bin/chromedriver"
CANARY = Path(__file__).resolve().parent / "canary.html"
NEWER = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
EXPECTED_OF_CANARY = frozenset(
    {
        "aria-required-attr",
        "button-name",
        "color-contrast",
        "document-title",
        "frame-title",
        "heading-order",
        "html-has-lang",
        "image-alt",
        "label",
        "link-name",
        "list",
        "meta-viewport",
    }
)
ARGUMENTS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
)
# Contrast must be judged on the page, not in the middle of a transition.
_STILL = {"name": "prefers-reduced-motion", "value": "reduce"}


class BlindEngine(AssertionError):
    """The engine saw no fault where there are known ones: its other verdicts are worth nothing."""


def open_driver() -> Chrome:
    """A headless Chromium the caller quits."""
    options = ChromeOptions()
    options.binary_location = CHROMIUM
    for argument in ARGUMENTS:
        options.add_argument(argument)
    driver = Chrome(options=options, service=Service(DRIVER))
    driver.set_script_timeout(60)
    driver.set_page_load_timeout(30)
    return driver


def display(driver: Chrome, width: int = 360, height: int = 640, *, dark: bool = False) -> None:
    """Show pages at this size and in this colour scheme from now on."""
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme, _STILL]})


def judge(driver: Chrome, subject: Subject) -> list[Assertion]:
    """Every failed and every undecided check of the page the driver shows, and one line of what passed."""
    axe = Axe(driver, script_url=str(NEWER if NEWER.exists() else _DEFAULT_SCRIPT))
    axe.inject()
    options = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations", "incomplete"]}
    found = axe.run(options=json.dumps(options))
    version = str(found["testEngine"]["version"])
    judged = [*_assertions(found["violations"], "failed"), *_assertions(found["incomplete"], "cannot tell")]
    assertions = [
        Assertion(criterion, rule, subject, outcome, pointer, words, "axe-core", version)
        for criterion, rule, outcome, pointer, words in judged
    ]
    words = f"{len(found['passes'])} rules passed"
    passed = Assertion("all", "axe-core", subject, "passed", "html", words, "axe-core", version)
    return [*assertions, passed]


def require_sight(driver: Chrome) -> str:
    """Judge the canary; answers the engine's version. Raises `BlindEngine`."""
    driver.get(CANARY.as_uri())
    found = judge(driver, Subject(CANARY.name, "", state="canary"))
    unseen = EXPECTED_OF_CANARY - {one.test for one in found if one.outcome == "failed"}
    if unseen:
        raise BlindEngine(f"axe did not see on the canary: {', '.join(sorted(unseen))}")
    return found[-1].version


def _assertions(
    rules: list[dict[str, Any]], outcome: Outcome
) -> Iterator[tuple[str, str, Outcome, str, str]]:
    for rule in rules:
        for node in rule["nodes"]:
            pointer = " ".join(str(target) for target in node["target"])
            words = str(node.get("failureSummary") or rule["help"]).replace("\n", " ")
            yield _criterion(rule["tags"]), str(rule["id"]), outcome, pointer, words


def _criterion(tags: list[str]) -> str:
    """The first WCAG criterion among axe's tags: "wcag143" is 1.4.3, "wcag1410" is 1.4.10."""
    for tag in tags:
        if found := re.fullmatch(r"wcag(\d)(\d)(\d+)", tag):
            return ".".join(found.groups())
    return "best practice"
