"""The worker: takes applications to their offices and brings back news, until it is told to stop."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

import httpx2

from portal.i18n.locale import Locale, load_locales
from portal.interop.broker import Accepted, Broker, CaseStatus, Handover, Unavailable, UnknownCase
from portal.security.tokens import new_id
from portal.settings import Settings
from portal.store import deliveries, sent_messages
from portal.store.database import Database, Session, clock
from portal.store.sent_messages import ShortMessage
from portal.usecases import alive, deliver, messages
from portal.usecases.deliver import Delivery, Enquiry, Pace
from portal.usecases.sweep import sweep

log = logging.getLogger(__name__)

GRACE_SECONDS = 1.0
"""How long work in hand may go on after being told to stop; the rest is found again by its lease."""


class Office(Protocol):
    """What the worker needs of the exchange."""

    async def deliver(self, handover: Handover) -> Accepted | Unavailable:
        """Hand a submission over, at most once."""

    async def status(
        self, service: str, submission_id: str, issue: str
    ) -> CaseStatus | UnknownCase | Unavailable:
        """Where the office stands with a submission."""


class Gateway(Protocol):
    """Sends one message to one phone; False when it should be tried again."""

    async def send(self, mobile: str, words: str) -> bool:
        """Try once."""


@dataclass(frozen=True, slots=True)
class HttpGateway:
    """An SMS gateway that takes `{"to", "text"}` as JSON and answers 2xx."""

    url: str = field(repr=False)
    client: httpx2.AsyncClient

    async def send(self, mobile: str, words: str) -> bool:
        """Try once; whatever goes wrong, the answer is to try again later."""
        try:
            answer = await self.client.post(self.url, json={"to": mobile, "text": words})
        except httpx2.HTTPError as error:
            log.warning("the message gateway did not answer: %s", type(error).__name__)
            return False
        return answer.is_success


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How quickly the worker looks around."""

    idle: float = 0.4
    """Seconds between looks when nothing is due."""
    beat: float = 5.0
    sweep: float = 600.0
    pace: Pace = field(default_factory=Pace)


DEVELOPMENT = Rhythm(
    pace=Pace(
        first=timedelta(seconds=2),
        longest=timedelta(seconds=15),
        slowest=timedelta(seconds=10),
        parked=timedelta(seconds=5),
    )
)


@dataclass(slots=True)
class Worker:
    """One worker. It reads the time from the database, so that every worker keeps the same clock."""

    database: Database
    office: Office
    locales: Mapping[str, Locale]
    gateway: Gateway | None = None
    rhythm: Rhythm = field(default_factory=Rhythm)
    name: str = field(default_factory=lambda: f"{socket.gethostname()}:{os.getpid()}:{new_id()[:6]}")

    async def run(self, stop: asyncio.Event) -> None:
        """Work until `stop`; what is then still in hand gets one second."""
        lanes = [
            asyncio.create_task(self._lane(step, pause, stop), name=name)
            for name, step, pause in (
                ("deliver", self.deliver_one, self.rhythm.idle),
                ("enquire", self.enquire_one, self.rhythm.idle),
                ("tell", self.tell_one, self.rhythm.idle),
                ("beat", self._beat, self.rhythm.beat),
                ("sweep", self._sweep, self.rhythm.sweep),
            )
        ]
        await stop.wait()
        _, late = await asyncio.wait(lanes, timeout=GRACE_SECONDS)
        for lane in late:
            lane.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    async def deliver_one(self) -> bool:
        """Deliver the application due longest; False when none is due."""
        if not await self.database.look(_has_delivery):
            return False
        delivery = await self.database.run(_claim, self.name)
        if delivery is None:
            return False
        answer = await self._hand_over(delivery)
        await self.database.run(_delivered, delivery, answer, self.rhythm.pace)
        return True

    async def enquire_one(self) -> bool:
        """Ask one office about one undecided case; False when none is due."""
        if not await self.database.look(_has_enquiry):
            return False
        enquiry = await self.database.run(_claim_enquiry, self.name)
        if enquiry is None:
            return False
        answer = await self.office.status(enquiry.service, enquiry.submission_id, enquiry.issue)
        await self.database.run(_heard, enquiry, answer, self.rhythm.pace)
        return True

    async def tell_one(self) -> bool:
        """Send one message to one phone; without a gateway they stay for the developer's page."""
        if self.gateway is None or not await self.database.look(_has_message):
            return False
        message = await self.database.run(_take_message)
        if message is None:
            return False
        locale = self.locales.get(message.language, self.locales["bn"])
        was_sent = await self.gateway.send(message.mobile, locale.say(messages.sentence(message)))
        await self.database.run(_told, message, was_sent)
        return True

    async def _hand_over(self, delivery: Delivery) -> Accepted | CaseStatus | Unavailable:
        """Send it; after an attempt nobody heard the end of, ask first and send only what is unknown."""
        handover = delivery.handover
        if delivery.ask_first:
            status = await self.office.status(handover.service, handover.submission_id, handover.reference)
            if not isinstance(status, UnknownCase):
                return status
        return await self.office.deliver(handover)

    async def _beat(self) -> bool:
        await self.database.run(_beat, self.name)
        return False

    async def _sweep(self) -> bool:
        await self.database.run(_sweep)
        return False

    async def _lane(self, step: Callable[[], Awaitable[bool]], pause: float, stop: asyncio.Event) -> None:
        """Repeat `step`; one bad item costs a pause and a line in the log, never the lane."""
        while not stop.is_set():
            [outcome] = await asyncio.gather(step(), return_exceptions=True)
            if isinstance(outcome, BaseException):
                # The kind only: words of an exception may quote what a person wrote.
                log.error("%s failed: %s", step.__name__, type(outcome).__name__)
            if outcome is not True:
                await _rest(stop, pause)


async def _rest(stop: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return


def _has_delivery(db: Session) -> bool:
    return deliveries.is_any_due(db, clock(db))


def _has_enquiry(db: Session) -> bool:
    return deliveries.is_any_asking(db, clock(db))


def _has_message(db: Session) -> bool:
    return sent_messages.is_any_due(db, clock(db))


def _claim(db: Session, worker: str) -> Delivery | None:
    return deliver.claim(db, clock(db), worker)


def _delivered(
    db: Session, delivery: Delivery, answer: Accepted | CaseStatus | Unavailable, pace: Pace
) -> None:
    if isinstance(answer, Unavailable):
        deliver.failed(db, delivery, answer, pace, clock(db))
        return
    deliver.handed_over(db, delivery, answer, pace, clock(db))


def _claim_enquiry(db: Session, worker: str) -> Enquiry | None:
    return deliver.claim_enquiry(db, clock(db), worker)


def _heard(db: Session, enquiry: Enquiry, answer: CaseStatus | UnknownCase | Unavailable, pace: Pace) -> None:
    deliver.heard(db, enquiry, answer, pace, clock(db))


def _take_message(db: Session) -> ShortMessage | None:
    return sent_messages.take_due(db, clock(db), timedelta(seconds=30))


def _told(db: Session, message: ShortMessage, was_sent: bool) -> None:
    messages.told(db, message, was_sent, clock(db))


def _beat(db: Session, who: str) -> None:
    alive.beat(db, who, clock(db))


def _sweep(db: Session) -> None:
    sweep(db, clock(db))


async def work(settings: Settings, stop: asyncio.Event) -> None:
    """Run one worker with the real exchange until `stop`."""
    database, broker = Database(settings), Broker(settings)
    client = httpx2.AsyncClient(timeout=10, follow_redirects=False, trust_env=False)
    worker = Worker(
        database=database,
        office=broker,
        locales=load_locales(settings.build),
        gateway=HttpGateway(settings.sms_url, client) if settings.sms_url else None,
        rhythm=Rhythm() if settings.env == "production" else DEVELOPMENT,
    )
    try:
        await worker.run(stop)
    finally:
        await client.aclose()
        await broker.aclose()
        database.close()
