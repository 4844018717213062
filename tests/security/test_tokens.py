"""Ids nobody can guess and references people can read out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.security.tokens import (
    ALPHABET,
    clean_reference,
    hash_token,
    is_id,
    is_reference,
    new_code,
    new_id,
    new_reference,
    new_token,
)

references = st.builds(new_reference)


def test_ids_and_tokens_are_long_random_and_url_safe() -> None:
    ids, tokens = {new_id() for _ in range(200)}, {new_token() for _ in range(200)}
    assert len(ids) == len(tokens) == 200
    assert all(len(one) == 22 and is_id(one) for one in ids)
    assert all(len(one) == 43 and is_id(one) for one in tokens)


def test_a_token_is_hashed_before_it_is_kept() -> None:
    token = new_token()
    assert token not in hash_token(token)
    assert hash_token(token) == hash_token(token) != hash_token(new_token())


def test_a_code_has_six_latin_digits() -> None:
    assert all(
        code.isascii() and code.isdigit() and len(code) == 6 for code in (new_code() for _ in range(50))
    )


def test_no_reference_holds_a_letter_that_looks_like_another() -> None:
    assert not set(ALPHABET) & set("01ILOU")
    assert len(set(ALPHABET)) == 30


@given(references)
def test_a_new_reference_is_a_reference(reference: str) -> None:
    assert is_reference(reference)
    assert clean_reference(reference) == reference


@given(references, st.integers(0, 7), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_noticed(reference: str, place: int, other: str) -> None:
    body = list(reference.removeprefix("BD-").replace("-", ""))
    if body[place] == other:
        return
    body[place] = other
    assert not is_reference(f"BD-{''.join(body[:4])}-{''.join(body[4:])}")


def test_two_neighbours_swapped_are_noticed_in_all_but_a_few_of_a_thousand() -> None:
    swaps = [swapped for reference in (new_reference() for _ in range(600)) for swapped in _swaps(reference)]
    missed = sum(is_reference(swapped) for swapped in swaps)
    assert missed / len(swaps) < 0.01


def _swaps(reference: str) -> list[str]:
    body = reference.removeprefix("BD-").replace("-", "")
    pairs = [(body[:at], body[at], body[at + 1], body[at + 2 :]) for at in range(7)]
    swapped = [before + other + one + after for before, one, other, after in pairs if one != other]
    return [f"BD-{text[:4]}-{text[4:]}" for text in swapped]


@pytest.mark.parametrize(
    "spelled",
    [
        "{plain}",
        "{lower}",
        "bd{body}",
        " bd {body} ",
        "BD–{first}—{second}",
        "{body}",
        "{first} {second}",
        "{bangla}",
        "\u200bBD-{first}-{second}\u00a0",
    ],
)
@given(reference=references)
def test_a_reference_is_known_however_it_is_typed(spelled: str, reference: str) -> None:
    body = reference.removeprefix("BD-").replace("-", "")
    typed = spelled.format(
        plain=reference,
        lower=reference.lower(),
        body=body,
        first=body[:4],
        second=body[4:],
        bangla=reference.translate(str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯")),
    )
    assert clean_reference(typed) == reference


@given(st.text(max_size=40))
def test_nothing_typed_breaks_the_reference_reader(typed: str) -> None:
    assert is_reference(clean_reference(typed)) in (True, False)
