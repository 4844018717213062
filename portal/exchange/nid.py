"""The stand-in's national ID registry: a number and a birth date in, one person's asked-for fields out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from portal.exchange.person import Person
from portal.exchange.providers import Answer, Demand, json_answer
from portal.places import Places

FIELDS = frozenset(
    {
        "name_bn",
        "name_en",
        "father_bn",
        "father_en",
        "mother_bn",
        "mother_en",
        "address",
        "ward",
        "sex",
        "date_of_birth",
    }
)


class _Question(BaseModel):
    """What a caller sends, in the style of NRDEX."""

    model_config = ConfigDict(strict=True, hide_input_in_errors=True)

    request_id: str = Field(min_length=1, max_length=100)
    subject_nid: str = Field(pattern=r"^[0-9]{10}([0-9]{3}([0-9]{4})?)?$")
    date_of_birth: str = Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
    purpose_code: str = Field(min_length=1, max_length=100)
    fields: list[str] = Field(min_length=1, max_length=20)


class NidRegistry:
    """Answers `nid/verify`; what it holds never changes while it runs."""

    def __init__(self, people: Mapping[str, Person], places: Places, now: Callable[[], datetime]) -> None:
        self._people = people
        self._places = places
        self._now = now

    async def answer(self, demand: Demand) -> Answer:
        """200 with `verified` or `not_found`; 422 when the question cannot be read."""
        if demand.path not in ("", "/"):
            return json_answer(404, {"error": "no_such_path"})
        try:
            question = _Question.model_validate_json(demand.body)
        except ValidationError as error:
            return json_answer(422, {"error": "unreadable", "where": _places_of(error)})
        if not set(question.fields) <= FIELDS:
            return json_answer(422, {"error": "unknown_field"})
        if demand.fault == "wrong-person":
            return self._mistake(question)
        return self._verify(question, demand.fault)

    def _verify(self, question: _Question, fault: str) -> Answer:
        person = self._people.get(question.subject_nid)
        is_match = person is not None and person.born.isoformat() == question.date_of_birth
        answer: dict[str, object] = {
            "request_id": question.request_id,
            "subject_nid": question.subject_nid,
            "date_of_birth": question.date_of_birth,
            "status": "verified" if person else "not_found",
            "matched": is_match,
            "timestamp": self._now().isoformat(),
        }
        if person and is_match:
            fields = question.fields if fault != "undeclared" else sorted(FIELDS)
            answer["person"] = {name: value for name, value in self._card(person).items() if name in fields}
        if fault == "undeclared":
            answer["blood_group"] = "O+"
        return json_answer(200, answer)

    def _mistake(self, question: _Question) -> Answer:
        """The fault `wrong-person`: a whole, well-formed answer about somebody else."""
        other = next(person for person in self._people.values() if person.nid != question.subject_nid)
        swapped = question.model_copy(
            update={"subject_nid": other.nid, "date_of_birth": other.born.isoformat()}
        )
        return self._verify(swapped, "")

    def _card(self, person: Person) -> dict[str, object]:
        address: dict[str, str] = {place.level: place.code for place in self._places.line(person.union)}
        return {
            "name_bn": person.name_bn,
            "name_en": person.name_en,
            "father_bn": person.father_bn,
            "father_en": person.father_en,
            "mother_bn": person.mother_bn,
            "mother_en": person.mother_en,
            "address": {**address, "landmark": person.landmark},
            "ward": person.ward,
            "sex": person.sex,
            "date_of_birth": person.born.isoformat(),
        }


def _places_of(error: ValidationError) -> list[str]:
    """Where it is wrong, never what stood there."""
    return [".".join(map(str, problem["loc"])) for problem in error.errors(include_input=False)]
