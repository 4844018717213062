"""Turns a draft, a step and what was typed into the slots of one page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from portal.forms.definition import Question, Step
from portal.forms.journey import Journey
from portal.forms.questions import Fault, Typed, kind_of
from portal.forms.questions.address import LANDMARK, levels_of
from portal.i18n.locale import Locale, today
from portal.i18n.messages import lazy
from portal.store.drafts import Draft, Prefilled
from portal.web.slots import Item, Slots

_DIGIT_KINDS = frozenset({"number", "date", "nid", "brn", "mobile"})


@dataclass(frozen=True, slots=True)
class StepView:
    """One look at one step: whose, which, in which language, when."""

    draft: Draft
    journey: Journey
    step: Step
    locale: Locale
    now: datetime

    def kept(self) -> Slots:
        """The page as last saved, with registry values standing in the controls that have no answer yet."""
        typed: dict[str, tuple[str, ...]] = {}
        for question in self.step.questions:
            value = self.draft.offered(question.key)
            if value is not None:
                shown = kind_of(question).typed(question, value, self.journey.around)
                typed |= self._in_page_digits(question, shown)
        return self._slots(typed, ())

    def refused(self, typed: Typed, faults: tuple[Fault, ...]) -> Slots:
        """The page again, everything as typed, with what to mend."""
        return self._slots(typed, faults)

    def _in_page_digits(self, question: Question, typed: Typed) -> Typed:
        """Numbers stand in the page's own digits; both sets are understood when they come back."""
        if question.kind not in _DIGIT_KINDS:
            return typed
        return {name: tuple(self.locale.digits(one) for one in said) for name, said in typed.items()}

    def _slots(self, typed: Typed, faults: tuple[Fault, ...]) -> Slots:
        facts = self._place() | {"state": self._state(), "revision": str(self.draft.revision)}
        # Beside a value that is being mended, "from the registry" would no longer be true.
        facts |= {"notice": self._notice()} | ({} if faults else self._sources())
        lists: dict[str, tuple[Item, ...]] = {}
        for question in self.step.questions:
            if question.kind == "address":
                lists |= self._selects(question, typed)
        facts |= _address_facts(self.step.questions, lists)
        return fault_slots(faults, self.step.questions, self.locale, typed=typed, facts=facts, lists=lists)

    def _place(self) -> dict[str, str]:
        """The question's number, and how many there are: exactly where known, else about how many."""
        number, total = self.journey.position(self.step)
        rules = (step.show_if for step in self.journey.service.steps)
        values, day = self.journey.values, self.journey.around.today
        is_open = any(rule is not None and rule.evaluate(values, day) is None for rule in rules)
        name = "about" if is_open else "total"
        return {"number": self.locale.number(number), name: self.locale.number(total)}

    def _state(self) -> str:
        if not self.draft.answers:
            return self.locale.gettext("Nothing is sent until you say so at the end")
        saved = self.locale.time(self.draft.updated_at)
        return self.locale.say(lazy("Saved at {time}, not sent yet", time=saved))

    def _sources(self) -> dict[str, str]:
        """Words for each question whose value still stands as a registry gave it."""
        found: dict[str, str] = {}
        for question in self.step.questions:
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
        is_fillable = any(
            question.from_registry and question.key not in self.draft.answers
            for question in self.step.questions
        )
        if not is_fillable:
            return ""
        if self.draft.is_waiting(self.now):
            return self.locale.gettext(
                "The register has not answered yet. Wait and reload this page, or just write."
            )
        if self.draft.prefill_state in ("unavailable", "pending"):
            return self.locale.gettext(
                "The register is not answering now. Write it yourself; the office will check it later."
            )
        if self.draft.prefill_state == "no_match":
            return self.locale.gettext(
                "The register has nobody with this number and birth date. "
                "Write it yourself, or go back and look at the number."
            )
        return ""

    def _selects(self, question: Question, typed: Typed) -> dict[str, tuple[Item, ...]]:
        """The select of each level whose parent is chosen, named as its control."""
        lists: dict[str, tuple[Item, ...]] = {}
        parent: str | None = None
        for level in levels_of(question):
            name = f"{question.key}-{level}"
            chosen = next(iter(typed.get(name, ())), "")
            places = self.journey.around.places.children(parent)
            if not places:
                break
            lists[name] = tuple(
                Item(place.code, place.en if self.locale.is_english else place.bn, place.code == chosen)
                for place in places
            )
            if chosen not in {place.code for place in places}:
                break
            parent = chosen
        return lists


def _address_facts(questions: Iterable[Question], lists: dict[str, tuple[Item, ...]]) -> dict[str, str]:
    """Where each select of an address stands: asked openly while open, folded away once settled.

    The landmark is asked once a place is chosen in the last select: nothing lies below it.
    """
    facts: dict[str, str] = {}
    for question in questions:
        shown = {name: items for name, items in lists.items() if name.startswith(f"{question.key}-")}
        settled = {name: item.words for name, items in shown.items() for item in items if item.is_chosen}
        facts |= {f"{'settled' if name in settled else 'ask'} {name}": "yes" for name in shown}
        if settled:
            facts[f"settled {question.key}"] = ", ".join(settled.values())
        if shown and len(settled) == len(shown):
            facts[f"ask {question.key}-{LANDMARK}"] = "yes"
    return facts


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
