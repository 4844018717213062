"""Everything in `build/`: fonts, assets, catalogues and places, from what npm, PyPI and we bring."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from portal.building import geography
from portal.building.assets import assets_step
from portal.building.catalogues import catalogue_steps
from portal.building.fonts import fonts_step
from portal.building.steps import BuildFailed, Step, run_steps
from portal.settings import ROOT, Settings

__all__ = ["BuildFailed", "build_all"]


def build_all(settings: Settings, say: Callable[[str], object]) -> tuple[str, ...]:
    """Make what is missing or stale in `build/`; answers the steps that ran; raises `BuildFailed`."""
    steps = (
        fonts_step(ROOT, settings.build, say),
        assets_step(ROOT, settings.static, settings.build),
        *catalogue_steps(settings.locales, settings.build),
        _places_step(settings),
    )
    return run_steps(steps, settings.build, say)


def _places_step(settings: Settings) -> Step:
    overlay, target = settings.services / "geo", settings.build / "places.json"
    sources = (*sorted(overlay.glob("*.toml")), Path(geography.__file__), ROOT / "requirements.txt")

    def make() -> None:
        try:
            geography.build_places(target, overlay)
        except geography.WrongGeography as error:
            raise BuildFailed(str(error)) from error

    return Step("places", sources, (target,), make)
