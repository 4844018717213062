"""A published definition becomes a file again, and the file the very same definition."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.forms.definition import Service
from portal.forms.export import as_toml, toml_of
from portal.forms.load import canonical, digest, load_folder, load_json

SERVICES = Path(__file__).parent.parent.parent / "services"
FOLDERS = sorted(file.parent for file in SERVICES.glob("*/service.toml"))
# The first version ever published: nothing the engine learns may change what it is.
FIRST = "f06153b07545129790b2ea38fdb98f021dd9b4e57d8731f5a9f12fb48220b83c"


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_pilot_reads_back_from_what_is_written_out(folder: Path) -> None:
    service = load_folder(folder)
    again = Service.model_validate(tomllib.loads(as_toml(service)))
    assert digest(again) == digest(service)


def test_the_first_version_ever_published_stays_what_it_was() -> None:
    kept = (Path(__file__).parent.parent / "vectors" / "first_version.json").read_bytes()
    service = load_json(kept)
    assert canonical(service) == kept
    assert digest(service) == FIRST


plain = st.text() | st.integers(-(2**40), 2**40) | st.booleans() | st.dates()
tables = st.recursive(
    st.dictionaries(st.text(min_size=1, max_size=5), plain, max_size=4),
    lambda inner: st.dictionaries(
        st.text(min_size=1, max_size=5),
        plain | st.lists(st.text(), max_size=3) | st.lists(inner, min_size=1, max_size=3) | inner,
        max_size=4,
    ),
    max_leaves=8,
)


@given(tables)
def test_any_table_reads_back(facts: dict[str, object]) -> None:
    assert tomllib.loads(toml_of(facts)) == facts


def test_long_parts_get_headers_and_short_ones_a_line() -> None:
    written = toml_of({"a": {"on": date(2026, 11, 22)}, "b": [{"x": "y" * 120}], "c": 1})
    assert written == f'a = {{ on = 2026-11-22 }}\nc = 1\n\n[[b]]\nx = "{"y" * 120}"\n'


def test_what_toml_cannot_say_is_refused() -> None:
    with pytest.raises(TypeError):
        toml_of({"a": 1.5})
