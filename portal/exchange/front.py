"""The stand-in's security server: admits a request, hashes it, asks the provider, vouches for the answer."""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.types import Receive, Scope, Send

from portal.exchange.faults import CODES, WITHIN, FaultBoard, Misbehaviour, spoil
from portal.exchange.providers import Answer, Demand, Provider
from portal.exchange.rights import Rights
from portal.interop.ids import BadIdentifier, ClientId, SecurityServerId, ServiceId
from portal.interop.protocol import (
    METHODS,
    Address,
    BadAddress,
    Fault,
    Headers,
    Message,
    last_header,
    parse_target,
    request_hash,
    strip_headers,
)

log = logging.getLogger("portal.exchange")

BODY_CAP = 10 * 1024 * 1024


class Refusal(Exception):
    """The exchange cannot go on: a fault code and words for whoever reads the log."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(code)
        self.code = code
        self.words = words


class Gone(Exception):
    """The client hung up."""


@dataclass(frozen=True, slots=True)
class Admitted:
    """A request the exchange takes on."""

    message: Message
    address: Address
    client: ClientId
    message_id: str
    generated_id: str = ""


@dataclass(frozen=True, slots=True)
class Front:
    """An ASGI application for everything under `/r1`."""

    instance: str
    rights: Rights
    providers: Mapping[ServiceId, Provider]
    faults: FaultBoard

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request_id = str(uuid.uuid4())
        misbehaviour = Misbehaviour()
        try:
            admitted = self._admit(await _read(scope, receive))
            misbehaviour = self.faults.of(admitted.address.service.key)
            await _misbehave_before(misbehaviour, receive)
            answer = await self._ask(admitted, misbehaviour)
            headers = _signed(admitted, request_id, misbehaviour.name)
            _note(admitted, str(answer.status))
        except Gone:
            return
        except Refusal as refusal:
            answer, headers = _fault(refusal, request_id)
        await _deliver(send, answer, headers, misbehaviour.name)

    def _admit(self, message: Message) -> Admitted:
        """The request with its identifiers read and its right checked; raises `Refusal`."""
        if message.method not in METHODS:
            raise Refusal("client.invalid_http_method", "This method is not part of the protocol")
        try:
            address = parse_target(message.target)
        except BadAddress as error:
            raise Refusal("client.bad_request", str(error)) from error
        client = _client(message.headers)
        _check_optional_headers(message.headers)
        self._check_right(client, address.service, message.method)
        sent_id = (last_header(message.headers, "x-road-id") or "").strip()
        generated = "" if sent_id else f"{self.instance}-{uuid.uuid4()}"
        return Admitted(message, address, client, sent_id or generated, generated)

    def _check_right(self, client: ClientId, service: ServiceId, method: str) -> None:
        if client.instance != self.instance or service.instance != self.instance:
            raise Refusal("server.clientproxy.unknown_member", "No such instance")
        if service not in self.providers:
            raise Refusal("server.serverproxy.unknown_service", "No such service")
        if not self.rights.allow(client, service, method):
            raise Refusal("server.serverproxy.access_denied", "This client may not call this service")

    async def _ask(self, admitted: Admitted, misbehaviour: Misbehaviour) -> Answer:
        if misbehaviour.name == "http500":
            return Answer(500, b'{"error": "boom"}')
        demand = Demand(
            method=admitted.message.method,
            path=admitted.address.path,
            headers=strip_headers(admitted.message.headers),
            body=admitted.message.body,
            fault=misbehaviour.name if misbehaviour.name in WITHIN else "",
        )
        answer = await self.providers[admitted.address.service].answer(demand)
        return spoil(answer, misbehaviour.name)


async def _read(scope: Scope, receive: Receive) -> Message:
    query = scope["query_string"].decode("latin-1")
    target = scope["raw_path"].decode("latin-1") + (f"?{query}" if query else "")
    headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"]]
    body = bytearray()
    is_more = True
    while is_more:
        event = await receive()
        if event["type"] == "http.disconnect":
            raise Gone
        body += event.get("body", b"")
        is_more = event.get("more_body", False)
        if len(body) > BODY_CAP:
            raise Refusal("client.invalid_request", "The body is larger than 10 MiB")
    return Message(scope["method"], target, headers, bytes(body))


def _client(headers: Headers) -> ClientId:
    written = last_header(headers, "x-road-client")
    if written is None:
        raise Refusal("client.missing_header", "X-Road-Client is required")
    try:
        return ClientId.parse(written)
    except BadIdentifier as error:
        raise Refusal("client.invalid_client_identifier", str(error)) from error


def _check_optional_headers(headers: Headers) -> None:
    server = last_header(headers, "x-road-security-server")
    party = last_header(headers, "x-road-represented-party")
    try:
        if server is not None:
            SecurityServerId.parse(server)
    except BadIdentifier as error:
        raise Refusal("server.clientproxy.invalid_security_server", str(error)) from error
    if party is not None and party.count("/") > 1:
        raise Refusal("client.bad_request", "X-Road-Represented-Party has one or two parts")


async def _misbehave_before(misbehaviour: Misbehaviour, receive: Receive) -> None:
    if misbehaviour.name in CODES:
        raise Refusal(CODES[misbehaviour.name], "Set at /_faults")
    if misbehaviour.name == "slow":
        await asyncio.sleep(misbehaviour.seconds)
    if misbehaviour.name == "hang":
        while (await receive())["type"] != "http.disconnect":
            pass
        raise Gone


def _signed(admitted: Admitted, request_id: str, fault: str) -> list[tuple[str, str]]:
    """The headers by which the exchange vouches for an answer."""
    digest = request_hash(admitted.message, request_id, admitted.generated_id)
    return [
        ("x-road-client", admitted.client.encode()),
        ("x-road-service", admitted.address.service.encode()),
        ("x-road-id", str(uuid.uuid4()) if fault == "wrong-id" else admitted.message_id),
        ("x-road-request-id", request_id),
        ("x-road-request-hash", digest[::-1] if fault == "wrong-hash" else digest),
    ]


def _fault(refusal: Refusal, request_id: str) -> tuple[Answer, list[tuple[str, str]]]:
    fault = Fault(refusal.code, refusal.words, str(uuid.uuid4()))
    log.info("refused code=%s detail=%s", fault.type, fault.detail)
    answer = Answer(fault.status, fault.body())
    return answer, [("x-road-error", fault.type), ("x-road-request-id", request_id)]


def _note(admitted: Admitted, outcome: str) -> None:
    # Neither path nor query nor body: they belong to the people they are about.
    log.info(
        "client=%s service=%s id=%s outcome=%s",
        admitted.client.encode(),
        admitted.address.service.encode(),
        admitted.message_id,
        outcome,
    )


async def _deliver(send: Send, answer: Answer, signed: Headers, fault: str) -> None:
    kept = [(name, value) for name, value in strip_headers(answer.headers) if not name.startswith("x-road-")]
    headers = [*kept, *signed, ("content-length", str(len(answer.body)))]
    raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    await send({"type": "http.response.start", "status": answer.status, "headers": raw})
    if fault == "cut":
        # Half a body and no end: the server drops the connection when this returns.
        await _piece(send, answer.body[: len(answer.body) // 2], is_last=False)
        return
    if fault == "drip":
        for place in range(len(answer.body)):
            await _piece(send, answer.body[place : place + 1], is_last=False)
            await asyncio.sleep(1)
    await _piece(send, b"" if fault == "drip" else answer.body, is_last=True)


async def _piece(send: Send, body: bytes, *, is_last: bool) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": not is_last})
