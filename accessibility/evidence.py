"""What a run found, kept for people and for programs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from accessibility.assertion import Assertion
from accessibility.exceptions import KnownDefect, expired


@dataclass(frozen=True, slots=True)
class Evidence:
    """One run: where, when, every assertion, and the exceptions in force."""

    base_url: str
    at: datetime
    assertions: Sequence[Assertion]
    known: tuple[KnownDefect, ...]

    @property
    def failures(self) -> list[Assertion]:
        """Failed and forgiven by nobody."""
        today = self.at.date()
        failed = [one for one in self.assertions if one.outcome == "failed"]
        return [one for one in failed if not any(defect.covers(one, today) for defect in self.known)]

    @property
    def troubles(self) -> list[str]:
        """Everything that makes the run red, a line each."""
        return [*expired(self.known, self.at.date()), *(one.line() for one in self.failures)]

    def write(self, folder: Path) -> tuple[Path, Path]:
        """Keep `audit.json` and `audit.md` in the folder; answers both paths."""
        folder.mkdir(parents=True, exist_ok=True)
        machine, readable = folder / "audit.json", folder / "audit.md"
        machine.write_text(json.dumps(self._document(), ensure_ascii=False, indent=1), encoding="utf-8")
        readable.write_text("\n".join(self._report()) + "\n", encoding="utf-8")
        return machine, readable

    def _document(self) -> dict[str, object]:
        return {
            "base_url": self.base_url,
            "at": self.at.isoformat(),
            "failures": len(self.failures),
            "assertions": [one.to_json() for one in self.assertions],
        }

    def _report(self) -> list[str]:
        outcomes = Counter(one.outcome for one in self.assertions)
        subjects = {one.subject for one in self.assertions}
        engines = sorted({f"{one.engine} {one.version}" for one in self.assertions})
        unsure = [one for one in self.assertions if one.outcome == "cannot tell"]
        undecided = Counter((one.criterion, one.test) for one in unsure)
        forgiven = outcomes["failed"] - len(self.failures)
        return [
            f"# Accessibility audit of {self.base_url}",
            "",
            f"{self.at:%Y-%m-%d %H:%M} UTC · {', '.join(engines)} · {len(subjects)} pages and states",
            "",
            f"Failed: {outcomes['failed']}, of which {forgiven} known and dated.",
            "",
            *[f"- {line}" for line in self.troubles],
            "",
            "## What the engine could not decide",
            "",
            *[f"- {criterion} {test}: {times}" for (criterion, test), times in sorted(undecided.items())],
            "",
            "## Pages and states",
            "",
            *sorted(f"- {one.url} ({one.language}, {one.mode}, {one.state})" for one in subjects),
        ]
