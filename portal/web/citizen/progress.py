"""How far an application has come, in words: the same on the receipt and on the tracking page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from portal.i18n.locale import Locale, today
from portal.i18n.messages import Message, lazy
from portal.i18n.text import Text
from portal.store.events import Event
from portal.usecases.track import Tracking
from portal.web.citizen.step_view import when

HEADINGS: Mapping[str, Message] = {
    "sending": lazy("Your application is on its way to the office"),
    "received": lazy("Your application has reached the office"),
    "in_review": lazy("The office is looking at your application"),
    "needs_information": lazy("The office wants to know more"),
    "approved": lazy("Your application is approved"),
    "refused": lazy("Your application was not approved"),
}
SIGNS: Mapping[str, str] = {
    "sending": "wait",
    "received": "tick",
    "in_review": "eye",
    "needs_information": "warn",
    "approved": "certificate",
    "refused": "warn",
}
_EVENTS: Mapping[str, Message] = {
    "received": lazy("Application received"),
    "delivered": lazy("Reached the office"),
    "in_review": lazy("The office began to look at it"),
    "needs_information": lazy("The office asked for more"),
    "approved": lazy("Approved"),
    "refused": lazy("Not approved"),
}
_DECIDED = ("approved", "refused")


@dataclass(frozen=True, slots=True)
class StateLine:
    """One stop of the timeline. `look` is done, now or todo."""

    name: str
    when: str
    words: str
    sign: str
    look: str


@dataclass(frozen=True, slots=True)
class Progress:
    """A tracked application as one person reads it now."""

    tracking: Tracking
    office: str
    locale: Locale
    now: datetime

    @property
    def stage(self) -> str:
        """The key of `HEADINGS`: the portal's own "received" is not yet the office's."""
        state = self.tracking.state
        if state == "received" and not self.tracking.reached_office:
            return "sending"
        return state if state in HEADINGS else "in_review"

    @property
    def heading(self) -> str:
        """Where it stands, as the page's heading."""
        return self.locale.say(HEADINGS[self.stage])

    @property
    def story(self) -> str:
        """What that means for the person, and what comes next."""
        return self.locale.say(_STORIES[self.stage](self))

    @property
    def due_on(self) -> date | None:
        """The day by which the office should have decided."""
        return self.tracking.submission.due_on

    @property
    def is_late(self) -> bool:
        """True when that day has gone by without a decision."""
        is_open = self.tracking.state not in _DECIDED
        return is_open and self.due_on is not None and today(self.now) > self.due_on

    @property
    def office_words(self) -> str:
        """What the office last wrote to the person, in the nearest language there is."""
        said = [event.words for event in self.tracking.events if any(event.words.values())]
        return Text(said[-1]).words(self.locale.code) if said else ""

    @property
    def document_number(self) -> str:
        """The number of the document issued, when one was."""
        numbers = [event.document_number for event in self.tracking.events if event.document_number]
        return numbers[-1] if numbers else ""

    def states(self) -> list[StateLine]:
        """What happened, then what is still to come, dashed."""
        return [*(self._happened(event) for event in self.tracking.events), *self._to_come()]

    def _happened(self, event: Event) -> StateLine:
        is_last = event is self.tracking.events[-1]
        waits = event.kind == "needs_information" and is_last
        where = self.office if event.kind == "delivered" else ""
        said = Text(event.words).words(self.locale.code) if any(event.words.values()) else where
        sign = {"needs_information": "wait" if waits else "tick", "refused": "warn"}.get(event.kind, "tick")
        moment = when(event.at, self.now, self.locale)
        return StateLine(self.locale.say(_EVENTS[event.kind]), moment, said, sign, "now" if waits else "done")

    def _to_come(self) -> list[StateLine]:
        lines = []
        if not self.tracking.reached_office:
            lines.append(self._todo(lazy("Reaches the office"), self._next_try(), self.office))
        if self.tracking.state not in _DECIDED:
            by = lazy("By {day}", day=self.due_on) if self.due_on else lazy("The office decides when")
            lines.append(self._todo(lazy("The office decides"), self.locale.say(by), ""))
        return lines

    def _todo(self, name: Message, moment: str, words: str) -> StateLine:
        return StateLine(self.locale.say(name), moment, words, "todo", "todo")

    def _next_try(self) -> str:
        tried = [one for one in self.tracking.deliveries if one.attempts > 0]
        if not tried:
            return self.locale.gettext("In a moment")
        if tried[0].next_at is None:
            return self.locale.gettext("The office cannot be reached. Somebody is looking into it.")
        moment = when(tried[0].next_at, self.now, self.locale)
        return self.locale.say(lazy("The office did not answer. We try again, {when}", when=moment))


def _approved(progress: Progress) -> Message:
    if progress.document_number:
        return lazy(
            "Its number is {number}. Take your ID card and fetch it from the office.",
            number=progress.document_number,
        )
    return lazy("Take your ID card and fetch it from the office.")


_STORIES: Mapping[str, Callable[[Progress], Message]] = {
    "sending": lambda _: lazy("It is safe with us. We are bringing it to the office; you need do nothing."),
    "received": lambda one: lazy(
        "The office has it and will decide by {day}.", day=one.due_on or today(one.now)
    ),
    "in_review": lambda one: lazy(
        "You need do nothing now. The answer should come by {day}.", day=one.due_on or today(one.now)
    ),
    "needs_information": lambda _: lazy("Read below what it asks, and go to the office or call it."),
    "approved": _approved,
    "refused": lambda _: lazy("The reason is below. You can object to it."),
}
