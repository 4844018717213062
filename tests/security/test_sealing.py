"""Sealed values open only where they were put, whole, with their own key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.security.sealing import Cell, Key, Unsealable, key_id_of, open_sealed, seal

KEY = Key.new("vault-1")
CELL = Cell("drafts", "sealed", "draft-1")


@given(st.binary(max_size=2000))
def test_what_was_sealed_opens_again(plaintext: bytes) -> None:
    assert open_sealed(KEY, seal(KEY, plaintext, CELL), CELL) == plaintext


def test_the_same_words_sealed_twice_look_different() -> None:
    assert seal(KEY, b"rahima", CELL) != seal(KEY, b"rahima", CELL)


@pytest.mark.parametrize(
    "elsewhere",
    [
        Cell("drafts", "sealed", "draft-2"),
        Cell("drafts", "other", "draft-1"),
        Cell("submissions", "sealed", "draft-1"),
    ],
)
def test_a_sealed_value_moved_to_another_row_column_or_table_refuses_to_open(elsewhere: Cell) -> None:
    with pytest.raises(Unsealable):
        open_sealed(KEY, seal(KEY, b"rahima", CELL), elsewhere)


def test_another_key_with_the_same_name_opens_nothing() -> None:
    with pytest.raises(Unsealable):
        open_sealed(Key.new("vault-1"), seal(KEY, b"rahima", CELL), CELL)


def test_a_value_under_another_key_is_refused_before_anything_is_tried() -> None:
    with pytest.raises(Unsealable, match="another key"):
        open_sealed(Key.new("vault-2"), seal(KEY, b"rahima", CELL), CELL)


@given(st.data())
def test_one_changed_byte_anywhere_is_noticed(choose: st.DataObject) -> None:
    sealed = bytearray(seal(KEY, b"rahima khatun", CELL))
    place = choose.draw(st.integers(0, len(sealed) - 1))
    sealed[place] ^= choose.draw(st.integers(1, 255))
    with pytest.raises(Unsealable):
        open_sealed(KEY, bytes(sealed), CELL)


@given(st.integers(0, 50))
def test_a_value_cut_short_is_noticed(length: int) -> None:
    sealed = seal(KEY, b"rahima khatun", CELL)
    with pytest.raises(Unsealable):
        open_sealed(KEY, sealed[: min(length, len(sealed) - 1)], CELL)


def test_a_sealed_value_says_which_key_and_version_made_it() -> None:
    sealed = seal(KEY, b"rahima", CELL)
    assert sealed[0] == 1
    assert key_id_of(sealed) == "vault-1"


@given(st.binary(max_size=60))
def test_bytes_of_no_known_shape_are_refused_politely(noise: bytes) -> None:
    try:
        key_id_of(noise)
    except Unsealable:
        return
    assert noise[0] == 1


def test_a_key_never_shows_its_secret() -> None:
    assert repr(KEY.secret) not in repr(KEY)
    assert "secret" not in repr(KEY)
