"""Opens what an address names, for the one browser it belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request

from portal.forms.definition import Service, Step
from portal.forms.journey import ItemJourney, Journey, OffRoute
from portal.forms.questions import Around
from portal.i18n.locale import today
from portal.security.tokens import clean_reference, is_id, is_reference
from portal.store import drafts
from portal.store.drafts import Draft
from portal.usecases import catalogue
from portal.usecases.refusals import AlreadySent, NotFound
from portal.web.portal_state import portal_of


@dataclass(frozen=True, slots=True)
class OpenedItem:
    """One question page about one of several things: the stop it belongs to, the thing, the page's step."""

    stop: Step
    item: ItemJourney
    step: Step


@dataclass(frozen=True, slots=True)
class Opened:
    """A draft with its service as it was when the draft began, and the way through it."""

    draft: Draft
    service: Service
    journey: Journey
    now: datetime

    def step(self, key: str) -> Step:
        """The step `key`, when the answers lead there; else the page for an address that is not there."""
        try:
            return self.journey.step(key)
        except OffRoute:
            raise NotFound from None

    def item(self, key: str, n: int) -> OpenedItem:
        """The step `key` about the `n`th thing; else the page for an address that is not there."""
        try:
            stop = self.journey.stop_of(key)
            item = self.journey.item(stop, n)
            return OpenedItem(stop, item, item.journey.step(key))
        except OffRoute:
            raise NotFound from None

    @property
    def consent_steps(self) -> frozenset[str]:
        """Steps that ask whether a registry may be asked."""
        return frozenset(self.service.step_of(registry.consent).key for registry in self.service.registries)

    def wants_sign_in(self, step: Step) -> bool:
        """True when the phone code comes before this step: at, or after, the first one that needs it."""
        if self.service.assurance == 0 or self.draft.is_signed_in or self.draft.sign_in_skipped:
            return False
        keys = [one.key for one in self.journey.steps]
        needing = [place for place, key in enumerate(keys) if key in self.consent_steps]
        return bool(needing) and keys.index(step.key) >= min(needing)


def reference_in(request: Request) -> str:
    """The reference in the address as the portal writes it; raises `NotFound` for what cannot be one."""
    reference = clean_reference(request.path_params["reference"])
    if not is_reference(reference):
        raise NotFound
    return reference


async def open_draft(request: Request) -> Opened:
    """The draft in the address, if this browser holds it. Raises `NotFound`, `AlreadySent`."""
    portal = portal_of(request)
    now, draft_id = portal.now(), request.path_params["draft"]
    # PostgreSQL fails on words no id can hold, such as NUL.
    if not is_id(draft_id):
        raise NotFound
    draft = await portal.database.look(drafts.load, draft_id, request.state.holder)
    if draft.submitted_reference is not None:
        raise AlreadySent(draft.submitted_reference)
    service = await portal.database.look(catalogue.load_version, draft.version_hash)
    journey = Journey(service, draft.answers, Around(today(now), portal.places))
    return Opened(draft, service, journey, now)
