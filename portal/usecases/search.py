"""Find a service however its name is spelled: Bangla vowels long or short, Latin letters, small slips."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from portal.forms.definition import Service
from portal.i18n.digits import fold, to_ascii
from portal.usecases.catalogue import Published

_LANGUAGES = ("bn", "en")
_PREFIX = re.compile(r"(?<!\S)(মোঃ|মো:|মোছাঃ|মোছা:|মোসাঃ|মোসাম্মৎ|মোছাম্মৎ|মোহাম্মদ|শ্রী)\s+")
_WORD = re.compile(r"[^\s,;।/()\[\]\"'“”‘’|!?·–—-]+")
# Letters people mix up because they sound alike, long and short vowels among them (bangla.md 2.5).
_ALIKE = str.maketrans(
    {
        "ী": "ি", "ূ": "ু", "ঈ": "ই", "ঊ": "উ", "ণ": "ন", "শ": "স", "ষ": "স", "য": "জ",
        "ৎ": "ত", "ঁ": None, "ঃ": None, ":": None, "\u200c": None, "\u200d": None, "়": None,
    }
)  # fmt: skip
_RA = (("ড়", "র"), ("ঢ়", "র"), ("য়", "য়"))
_Y_PHALA = "্য"
_DOUBLED = re.compile(r"(.)(?:্)?\1+")
_CLOSE_ENOUGH = 0.66
_SHORTEST_GUESS = 3
_OWN_LANGUAGE = 0.1
_GOOD = 2.0
_LONGEST_QUERY = 200
_MOST_WORDS = 12


def find(published: Sequence[Published], query: str, locale: str) -> tuple[Published, ...]:
    """The services a query may mean, best first; every one of them for an empty query.

    Words of either language match words of both; `locale` only breaks ties. Not every word need be met:
    people type whole questions.
    """
    wanted = _words(query[:_LONGEST_QUERY])[:_MOST_WORDS]
    if not wanted:
        return tuple(published)
    scored = [(_score(one, wanted, locale), place) for place, one in enumerate(published)]
    found = sorted((-score, place) for score, place in scored if score > 0)
    return tuple(published[place] for _, place in found)


@lru_cache(maxsize=4096)
def search_key(word: str) -> str:
    """A word as it sounds: spellings people mix up give the same key."""
    plain = unicodedata.normalize("NFC", fold(word)).casefold()
    for written, spoken in _RA:
        plain = plain.replace(unicodedata.normalize("NFC", written), spoken)
    plain = plain.replace(_Y_PHALA, "").translate(_ALIKE)
    return _DOUBLED.sub(r"\1", to_ascii(plain))


def _words(text: str) -> tuple[str, ...]:
    cleaned = _PREFIX.sub("", unicodedata.normalize("NFC", fold(text)) + " ")
    keys = (search_key(word) for word in _WORD.findall(cleaned))
    return tuple(key for key in keys if key)


def _score(one: Published, wanted: Sequence[str], locale: str) -> float:
    """How well the wanted words are met; 0 when neither one is met well nor most of them at all."""
    vocabulary = _vocabulary(one, locale)
    met = [max(weight * _likeness(word, known) for known, weight in vocabulary) for word in wanted]
    if max(met) < _GOOD and 2 * sum(worth > 0 for worth in met) <= len(wanted):
        return 0.0
    return sum(met) / len(wanted)


# A version never changes, so its words are weighed once.
_VOCABULARIES: dict[tuple[str, str], tuple[tuple[str, float], ...]] = {}


def _vocabulary(one: Published, locale: str) -> tuple[tuple[str, float], ...]:
    key = (one.hash, locale)
    if key not in _VOCABULARIES:
        _VOCABULARIES[key] = tuple(_weigh(one.service, locale).items())
    return _VOCABULARIES[key]


def _weigh(service: Service, locale: str) -> dict[str, float]:
    """Each word of a service and what finding it is worth: a title more than a summary."""
    said = (
        (service.title, 3.0),
        (service.search or service.title, 2.5),
        (service.summary, 1.0),
        (service.agency_words, 1.0),
    )
    weights: dict[str, float] = {}
    for text, weight in said:
        for code in _LANGUAGES:
            worth = weight + (_OWN_LANGUAGE if code == locale else 0.0)
            for word in _words(text.words(code)):
                weights[word] = max(weights.get(word, 0.0), worth)
    return weights


def _likeness(wanted: str, known: str) -> float:
    """1 for the same word, less for a beginning or a slip of the finger, 0 for another word."""
    if wanted == known:
        return 1.0
    if known.startswith(wanted) or (len(known) >= _SHORTEST_GUESS and wanted.startswith(known)):
        return 0.9 * min(len(wanted), len(known)) / max(len(wanted), len(known)) + 0.05
    if min(len(wanted), len(known)) < _SHORTEST_GUESS:
        return 0.0
    ratio = SequenceMatcher(None, wanted, known, autojunk=False).ratio()
    return ratio * 0.8 if ratio >= _CLOSE_ENOUGH else 0.0
