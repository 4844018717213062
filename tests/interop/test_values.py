"""What a registry says is believed only in the shape it was agreed to have."""

from __future__ import annotations

import unicodedata

import pytest

from portal.interop.calling import Untrustworthy
from portal.interop.catalogue import Shape, load_catalogue
from portal.interop.registries import read_value

ADDRESS = {"division": "45", "union": "4589-460-4232", "landmark": "বটতলা", "gps": "1,2"}


def test_words_keep_their_joiners_and_become_nfc() -> None:
    assert read_value("text", " র\u200d্যাব ") == "র\u200d্যাব"
    assert read_value("text", "\u09df") == unicodedata.normalize("NFC", "য়")


def test_an_address_keeps_only_its_known_parts() -> None:
    assert read_value("address", ADDRESS) == {
        "division": "45",
        "union": "4589-460-4232",
        "landmark": "বটতলা",
    }


@pytest.mark.parametrize(
    ("shape", "raw"),
    [
        ("text", 5),
        ("text", ["a"]),
        ("text", "x" * 201),
        ("text", "a\x00b"),
        ("text", "a\u202eb"),
        ("date", "24-10-1963"),
        ("date", "2023-02-29"),
        ("date", "১৯৬৩-১০-২৪"),
        (("female", "male"), "other"),
        ("address", "Dhaka"),
        ("address", {"landmark": "x"}),
        ("address", {"division": {"code": "45"}}),
    ],
)
def test_anything_else_is_not_believed(shape: Shape, raw: object) -> None:
    with pytest.raises(Untrustworthy):
        read_value(shape, raw)


def test_the_catalogue_knows_its_services_and_their_time() -> None:
    catalogue = load_catalogue()
    assert catalogue["nid/verify"].seconds == 6.0
    assert catalogue["union-intake/applications"].seconds == 25.0
    assert catalogue["nid/verify"].method == "POST", "a number in an address ends up in logs"
