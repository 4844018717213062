"""A second build does nothing; a changed source or a lost result is made again."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal.building.steps import Step, run_steps


class Bakery:
    """One step that counts how often it ran."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.source = folder / "flour"
        self.result = folder / "build" / "bread"
        self.baked = 0
        self.source.write_text("wheat")

    def build(self) -> tuple[str, ...]:
        step = Step("bread", (self.source,), (self.result,), self.bake)
        return run_steps([step], self.folder / "build", lambda _words: None)

    def bake(self) -> None:
        self.baked += 1
        self.result.parent.mkdir(exist_ok=True)
        self.result.write_text(self.source.read_text())


@pytest.fixture
def bakery(tmp_path: Path) -> Bakery:
    return Bakery(tmp_path)


def test_what_is_made_is_not_made_again(bakery: Bakery) -> None:
    assert bakery.build() == ("bread",)
    assert bakery.build() == ()
    assert bakery.baked == 1


def test_a_changed_source_is_made_again_and_a_touched_one_is_not(bakery: Bakery) -> None:
    bakery.build()
    bakery.source.touch()
    assert bakery.build() == ()
    bakery.source.write_text("rye")
    assert bakery.build() == ("bread",)


def test_a_lost_result_is_made_again(bakery: Bakery) -> None:
    bakery.build()
    bakery.result.unlink()
    assert bakery.build() == ("bread",)


def test_a_spoilt_record_of_builds_means_building_again(bakery: Bakery) -> None:
    bakery.build()
    (bakery.folder / "build" / "stamps.json").write_text("{half")
    assert bakery.build() == ("bread",)
