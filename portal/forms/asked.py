"""What a service asks: questions with their options, and the steps they stand on."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from portal.forms.expression import Expression
from portal.forms.part import Code, Level, PageKey, Part, QuestionKey
from portal.i18n.text import Text

KindName = Literal[
    "text",
    "long_text",
    "name",
    "number",
    "money",
    "date",
    "choice",
    "choices",
    "yes_no",
    "nid",
    "brn",
    "mobile",
    "wallet",
    "address",
    "declaration",
]
Provider = Literal["bkash", "nagad", "rocket", "bank"]
PROVIDERS: tuple[Provider, ...] = ("bkash", "nagad", "rocket", "bank")
FieldPath = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$")]

YES, NO, NONE = "yes", "no", "none"
_NONE_WORDS = Text({"bn": "এগুলোর কোনোটিই নয়", "en": "None of these"})


class Option(Part):
    """One answer to choose, matched by its code and never by its place or its words."""

    code: Code
    label: Text
    hint: Text | None = None


YES_NO = (
    Option(code=YES, label=Text({"bn": "হ্যাঁ", "en": "Yes"})),
    Option(code=NO, label=Text({"bn": "না", "en": "No"})),
)


class RegistryField(Part):
    """Where a registry already knows the answer; `field` may reach inside, as `address.ward`.

    A question of several parts may take each from a field of its own: `parts = { bn = "name_bn", … }`.
    """

    registry: Code
    field: FieldPath | None = None
    parts: dict[Code, FieldPath] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if (self.field is None) is (not self.parts):
            raise ValueError('write field = "…", or parts = { part = "…" }, and not both')
        return self

    @property
    def wanted(self) -> tuple[str, ...]:
        """Every field of the record it reads."""
        return (self.field,) if self.field is not None else tuple(self.parts.values())


def _none_words(raw: object) -> object:
    """`none_of_these = true` takes the portal's own words."""
    return _NONE_WORDS if raw is True else raw


class Question(Part):
    """One thing asked. `label` is the page's heading when the step asks nothing else."""

    key: QuestionKey
    kind: KindName
    label: Text
    summary: Text | None = None
    hint: Text | None = None
    error: Text | None = None
    why: Text | None = None
    sensitivity: Literal["low", "normal", "high"] = "normal"
    optional: bool = False
    options: tuple[Option, ...] = ()
    none_of_these: Annotated[Text | None, BeforeValidator(_none_words)] = None
    script: Literal["bn", "en", "both"] | None = None
    minimum: int | None = None
    maximum: int | None = None
    earliest: date | None = None
    latest: Literal["today"] | date | None = None
    precision: Literal["day", "month", "year"] = "day"
    unknown_day: bool = False
    providers: tuple[Provider, ...] = ()
    statement: Text | None = None
    level: Level = "union"
    autocomplete: str | None = None
    from_registry: RegistryField | None = None
    max_length: Annotated[int, Field(ge=1, le=5000)] | None = None
    known: bool = False

    @property
    def short(self) -> Text:
        """Its short name on check-answers and at the start of an error."""
        return self.summary or self.label

    @property
    def offered(self) -> tuple[Option, ...]:
        """The options as the page shows them: yes and no where none are written, "none of these" last."""
        options = self.options or (YES_NO if self.kind == "yes_no" else ())
        if self.none_of_these is None:
            return options
        return (*options, Option(code=NONE, label=self.none_of_these))

    def option(self, code: str) -> Option | None:
        """The option of that code, if it is still offered."""
        return next((option for option in self.offered if option.code == code), None)


class Repeat(Part):
    """A step asked once for each of several things: `item` names one of them, as “child”.

    `title` heads the list of them; `any` and `another` ask for the first and for one more. The answers are a
    list, kept under the step's key with `_` for `-`.
    """

    item: Text
    title: Text
    any: Text | None = None
    another: Text | None = None
    max: Annotated[int, Field(ge=1, le=50)] = 10
    min: Literal[0, 1] = 0


class SatisfiedBy(Part):
    """What makes a step needless: a rule that holds, or a question whose answer a registry confirmed."""

    rule: Expression | None = None
    registry: Code | None = None
    question: QuestionKey | None = None

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if (self.rule is None) is (self.registry is None) or (self.registry is None) is not (
            self.question is None
        ):
            raise ValueError('write rule = { … }, or registry = "…" with question = "…"')
        return self


class Step(Part):
    """One page of the journey, skipped unless `show_if` holds. Its title defaults to its question's label.

    `repeat` begins a run asked once for each item; the steps that follow in it say `repeats_with`.
    """

    key: PageKey
    section: Code
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]
    title: Text | None = None
    show_if: Expression | None = None
    satisfied_by: SatisfiedBy | None = None
    repeat: Repeat | None = None
    repeats_with: PageKey | None = None

    @property
    def heading(self) -> Text:
        """What the page is called."""
        return self.title or self.questions[0].label

    @property
    def list_key(self) -> str:
        """The key its items' answers are kept under, where it repeats."""
        return (self.repeats_with or self.key).replace("-", "_")

    @property
    def more_key(self) -> str:
        """The key of "is there another": yes or no."""
        return f"{self.list_key}_more"


class Section(Part):
    """A named group of steps, as check-answers shows them."""

    key: Code
    title: Text
