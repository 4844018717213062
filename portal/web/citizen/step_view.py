"""Turns a draft, a step and what was typed into the slots of one page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from portal.forms.answers import Value
from portal.forms.definition import Question, Step
from portal.forms.journey import Journey
from portal.forms.questions import Around, Fault, Typed, kind_of
from portal.forms.questions.address import levels_of
from portal.forms.questions.kind import first
from portal.forms.questions.wallet import PROVIDER_WORDS, providers_of
from portal.i18n.locale import Locale, today
from portal.i18n.messages import lazy
from portal.store.drafts import Draft, Prefilled
from portal.web.slots import Item, Slots

_DIGIT_KINDS = frozenset({"number", "money", "date", "nid", "brn", "mobile", "wallet"})


@dataclass(frozen=True, slots=True)
class StepView:
    """One look at one step: whose, which, in which language, when."""

    draft: Draft
    journey: Journey
    step: Step
    locale: Locale
    now: datetime
    item: str = ""
    """Which of several things the step is about, in words."""

    def kept(self) -> Slots:
        """The page as last saved, with registry values standing in the controls that have no answer yet."""
        typed: dict[str, tuple[str, ...]] = {}
        guesses: dict[str, str] = {}
        for question in self.step.questions:
            value = self._standing(question.key)
            if value is not None:
                kind = kind_of(question)
                typed |= self._in_page_digits(question, kind.typed(question, value, self.journey.around))
                guessed = kind.suggested(question, value, self.journey.around)
                typed |= guessed
                guesses |= {f"guess {name}": "yes" for name in guessed}
        return self._slots(typed, (), guesses)

    def _standing(self, key: str) -> Value | None:
        """The answer, else what a registry said; of an item only what was told of that very one."""
        if not self.journey.run:
            return self.draft.offered(key)
        return self.journey.given[key].value if key in self.journey.given else None

    def refused(self, typed: Typed, faults: tuple[Fault, ...]) -> Slots:
        """The page again, everything as typed, with what to mend."""
        return self._slots(typed, faults)

    def _in_page_digits(self, question: Question, typed: Typed) -> Typed:
        """Numbers stand in the page's own digits; both sets are understood when they come back."""
        if question.kind not in _DIGIT_KINDS:
            return typed
        return {name: tuple(self.locale.digits(one) for one in said) for name, said in typed.items()}

    def _slots(self, typed: Typed, faults: tuple[Fault, ...], more: Mapping[str, str] | None = None) -> Slots:
        facts = {**self.place(), **(more or {}), "item": self.item}
        facts |= {"state": self.state(), "revision": str(self.draft.revision), "notice": self._notice()}
        # Beside a value that is being mended, "from the registry" would no longer be true.
        facts |= {} if faults else self._sources()
        lists: dict[str, tuple[Item, ...]] = {}
        for question in self.step.questions:
            asked = kind_of(question).asked(question, typed, self.journey.around)
            facts |= {f"ask {name}": "yes" for name in asked}
            if question.kind == "address":
                lists |= self._selects(question, asked, typed)
                facts |= self._folded(question, lists)
            if question.kind == "wallet":
                lists[f"{question.key}-provider"] = self._providers(question, typed)
        return fault_slots(faults, self.step.questions, self.locale, typed=typed, facts=facts, lists=lists)

    def place(self) -> dict[str, str]:
        """The question's number, and how many there are: exactly where known, else about how many."""
        number, total = self.journey.position(self.step)
        rules = (step.show_if for step in self.journey.service.steps)
        values = self.journey.values
        is_open = any(rule is not None and self.journey.holds(rule, values) is None for rule in rules)
        name = "about" if is_open else "total"
        return {"number": self.locale.number(number), name: self.locale.number(total)}

    def state(self) -> str:
        """Where the answers are: kept, not sent."""
        if not self.draft.answers:
            return self.locale.gettext("Nothing is sent until you say so at the end")
        saved = self.locale.time(self.draft.updated_at)
        return self.locale.say(lazy("Saved at {time}, not sent yet", time=saved))

    def _sources(self) -> dict[str, str]:
        """Words for each question whose value still stands as a registry gave it."""
        found: dict[str, str] = {}
        for question in () if self.journey.run else self.step.questions:
            prefilled = self.draft.prefill.get(question.key)
            if prefilled is not None and self.draft.offered(question.key) == prefilled.value:
                found[f"source {question.key}"] = self._source(prefilled)
        return found

    def _source(self, prefilled: Prefilled) -> str:
        provider = self.journey.service.registry(prefilled.registry).provider
        return self.locale.say(
            lazy(
                "From {provider}, {when}",
                provider=provider,
                when=when(prefilled.fetched_at, self.now, self.locale),
            )
        )

    def _notice(self) -> str:
        """What to say where a registry should have filled the page and did not."""
        fillable = [
            question.from_registry.registry
            for question in self.step.questions
            if question.from_registry and question.key not in self.draft.answers
        ]
        if not fillable:
            return ""
        asking = self.draft.asking(fillable[0])
        if asking.is_waiting(self.now):
            return self.locale.gettext(
                "The register has not answered yet. Wait and reload this page, or just write."
            )
        if asking.state in ("unavailable", "pending"):
            return self.locale.gettext(
                "The register is not answering now. Write it yourself; the office will check it later."
            )
        if asking.state == "no_match":
            return self.locale.gettext(
                "The register has nobody with this number and birth date. "
                "Write it yourself, or go back and look at the number."
            )
        return ""

    def _selects(self, question: Question, asked: Iterable[str], typed: Typed) -> dict[str, tuple[Item, ...]]:
        """The select of each level that is asked, named as its control."""
        lists: dict[str, tuple[Item, ...]] = {}
        parent: str | None = None
        for level in levels_of(question):
            name = f"{question.key}-{level}"
            if name not in asked:
                break
            chosen = first(typed, name)
            lists[name] = tuple(
                Item(place.code, self.locale.bangla_or(place.en, place.bn), place.code == chosen)
                for place in self.journey.around.places.children(parent)
            )
            parent = chosen
        return lists

    def _folded(self, question: Question, lists: Mapping[str, tuple[Item, ...]]) -> dict[str, str]:
        """The levels already settled, folded away under their names instead of asked openly."""
        chosen = {
            name: item.words
            for name, items in lists.items()
            for item in items
            if item.is_chosen and name.startswith(f"{question.key}-")
        }
        facts = {f"ask {name}": "" for name in chosen} | {f"settled {name}": "yes" for name in chosen}
        return facts | ({f"settled {question.key}": ", ".join(chosen.values())} if chosen else {})

    def _providers(self, question: Question, typed: Typed) -> tuple[Item, ...]:
        """Whom an account may be with."""
        name = f"{question.key}-provider"
        return tuple(
            Item(
                code,
                self.locale.say(PROVIDER_WORDS[code]),
                is_chosen=code == first(typed, name),
                id=f"{name}-{code}" if place else name,  # the error summary leads to the first
            )
            for place, code in enumerate(providers_of(question))
        )


def field_names(step: Step) -> list[str]:
    """The names of every input the step may have."""
    return [name for question in step.questions for name in kind_of(question).fields(question)]


def read_answers(
    step: Step, typed: Typed, around: Around
) -> tuple[dict[str, Value], tuple[Fault, ...], bool]:
    """(values understood, what to mend, whether the same step wants another round)."""
    values: dict[str, Value] = {}
    faults: list[Fault] = []
    more = False
    for question in step.questions:
        parsed = kind_of(question).parse(question, typed, around)
        faults.extend(parsed.faults)
        more = more or parsed.more
        if parsed.value is not None:
            values[question.key] = parsed.value
    return values, tuple(faults), more


def fault_slots(
    faults: tuple[Fault, ...], questions: Iterable[Question], locale: Locale, **rest: object
) -> Slots:
    """Slots that name each fault at its question, at its control and in the summary."""
    owner = {field: q.key for q in questions for field in kind_of(q).fields(q)}
    errors: dict[str, str] = {}
    for fault in faults:
        errors.setdefault(owner.get(fault.field, fault.field), locale.say(fault.message))
    bad = frozenset(errors) | frozenset(fault.field for fault in faults)
    summary = tuple((fault.field, locale.say(fault.message)) for fault in faults)
    return Slots(errors=errors, bad_fields=bad, summary=summary, **rest)  # type: ignore[arg-type]


def when(moment: datetime, now: datetime, locale: Locale) -> str:
    """A moment as people say it: only the time today, else day and time."""
    if today(moment) == today(now):
        return locale.say(lazy("today at {time}", time=locale.time(moment)))
    return locale.moment(moment)
