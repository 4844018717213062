"""One call through the exchange: headers, attempts inside the deadline, and whether to believe the answer."""

from __future__ import annotations

import asyncio
import logging
import re
import uuid
from dataclasses import dataclass, field, replace

from portal.interop.asking import Kind, Provenance, Unavailable
from portal.interop.catalogue import CatalogueEntry
from portal.interop.ids import BadIdentifier, ClientId, ServiceId, encode_part
from portal.interop.policy import Retry, Surroundings
from portal.interop.profiles import Profile
from portal.interop.protocol import (
    Message,
    build_target,
    classify,
    last_header,
    parse_fault,
    request_hash,
)
from portal.interop.transport import Reply, Transport, TransportFailed

log = logging.getLogger("portal.interop")

_CODE = re.compile(r"[A-Za-z0-9_.]{1,120}")


class Untrustworthy(Exception):
    """The answer is not what was asked for; `code` says which check it failed. Nothing of it is kept."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Call:
    """One call as a use of a service; every attempt of it carries the same `issue` and body."""

    entry: CatalogueEntry
    method: str
    issue: str
    path: tuple[str, ...] = ()
    body: bytes = field(default=b"", repr=False)
    actor: str = ""
    idempotency_key: str = ""

    @property
    def has_effect(self) -> bool:
        """True when the other side changes something on receiving it."""
        return self.entry.effect == "hands_over" and self.method not in ("GET", "HEAD")


@dataclass(frozen=True, slots=True)
class Answered:
    """The provider's own answer (2xx or 404): echoes checked, JSON by its content type, not yet parsed."""

    status: int
    body: bytes = field(repr=False)
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Caller:
    """Makes calls for one client of the exchange."""

    client: ClientId
    transport: Transport
    profile: Profile
    surroundings: Surroundings
    retry: Retry

    async def call(self, call: Call) -> Answered | Unavailable:
        """Try, and where that is safe try again, until an answer, a reason to stop or the deadline."""
        loop = asyncio.get_running_loop()
        started = loop.time()
        ends = started + call.entry.seconds
        attempt = 1
        outcome = await self._attempt(call, ends - started)
        while isinstance(outcome, Unavailable) and self.retry.allows(call.method, outcome.kind, attempt):
            wait = self.retry.wait(attempt, self.surroundings.chance())
            if loop.time() + wait >= ends:
                break
            await self.surroundings.sleep(wait)
            attempt += 1
            outcome = await self._attempt(call, ends - loop.time())
        log.info(
            "exchange service=%s outcome=%s attempts=%d ms=%d",
            call.entry.key,
            outcome.code if isinstance(outcome, Unavailable) else outcome.status,
            attempt,
            round((loop.time() - started) * 1000),
        )
        return replace(outcome, attempts=attempt) if isinstance(outcome, Unavailable) else outcome

    async def _attempt(self, call: Call, seconds: float) -> Answered | Unavailable:
        message_id = self.surroundings.new_id()
        message = self._message(call, message_id)
        try:
            reply = await self.transport.send(message, seconds)
            return self._judge(call, message, message_id, reply)
        except TransportFailed as failure:
            ambiguous = call.has_effect and failure.was_sent
            return Unavailable(failure.code, failure.kind, message_id, ambiguous, message_id)
        except Untrustworthy as doubt:
            return Unavailable(doubt.code, "integrity", message_id, call.has_effect, message_id)

    def _message(self, call: Call, message_id: str) -> Message:
        name = self.profile.header
        headers = [
            (name("Client"), self.client.encode()),
            (name("Id"), message_id),
            (name("Issue"), encode_part(call.issue)),
            ("accept", "application/json"),
            ("accept-encoding", "gzip"),
        ]
        if call.actor:
            headers.append((name("UserId"), "BD" + encode_part(call.actor)))
        if call.idempotency_key:
            headers.append(("idempotency-key", call.idempotency_key))
        if call.body:
            headers.append(("content-type", "application/json; charset=utf-8"))
        target = build_target(self._service(call), call.path)
        return Message(call.method, target, tuple(headers), call.body)

    def _service(self, call: Call) -> ServiceId:
        return call.entry.service_id(self.client.instance)

    def _judge(self, call: Call, message: Message, message_id: str, reply: Reply) -> Answered | Unavailable:
        fault_code = last_header(reply.headers, self.profile.header("Error"))
        if fault_code is not None:
            return _fault(call, fault_code, message_id, reply)
        refused = _refused(call, reply.status, message_id)
        if refused is not None:
            return refused
        provenance = self._provenance(call, message, message_id, reply)
        content_type = (last_header(reply.headers, "content-type") or "").partition(";")[0].strip().lower()
        if content_type != "application/json":
            raise Untrustworthy("portal.not_json")
        return Answered(reply.status, reply.body, provenance)

    def _provenance(self, call: Call, message: Message, message_id: str, reply: Reply) -> Provenance:
        """The exchange's receipt for this attempt, once it repeats what was sent; raises `Untrustworthy`."""
        echo = {
            noun: last_header(reply.headers, self.profile.header(noun)) or ""
            for noun in ("Id", "Client", "Service", "Request-Id", "Request-Hash")
        }
        try:
            is_echoed = (
                echo["Id"] == message_id
                and ClientId.parse(echo["Client"]) == self.client
                and ServiceId.parse(echo["Service"]) == self._service(call)
            )
            request_id = str(uuid.UUID(echo["Request-Id"]))
        except (BadIdentifier, ValueError) as error:
            raise Untrustworthy("portal.wrong_echo") from error
        if not is_echoed:
            raise Untrustworthy("portal.wrong_echo")
        expected = request_hash(message, echo["Request-Id"])
        if self.profile.has_request_hash and echo["Request-Hash"] != expected:
            raise Untrustworthy("portal.wrong_hash")
        fetched_at = self.surroundings.now()
        return Provenance(call.entry.key, message_id, request_id, echo["Request-Hash"], fetched_at)


def _fault(call: Call, written_code: str, message_id: str, reply: Reply) -> Unavailable:
    """A fault of the exchange itself: the header names it, the JSON body adds the support reference."""
    code = written_code.strip()
    if not _CODE.fullmatch(code):
        code = "portal.unreadable_fault"
    kind = classify(code)
    ambiguous = call.has_effect and kind in ("transient", "integrity")
    return Unavailable(code, kind, _support_reference(reply.body) or message_id, ambiguous, message_id)


def _support_reference(body: bytes) -> str:
    fault = parse_fault(body)
    try:
        return str(uuid.UUID(fault.detail)) if fault else ""
    except ValueError:
        return ""


def _refused(call: Call, status: int, message_id: str) -> Unavailable | None:
    """The verdict on an answer of the provider that is neither 2xx nor 404; None for those."""
    if 200 <= status < 300 or status == 404:
        return None
    kind: Kind = "ours"
    if status < 400:
        kind = "integrity"
    elif status >= 500 or status == 429:
        kind = "transient"
    elif status in (401, 403):
        kind = "configuration"
    ambiguous = call.has_effect and (status >= 500 or status < 400)
    return Unavailable(f"provider.{status}", kind, message_id, ambiguous, message_id)
