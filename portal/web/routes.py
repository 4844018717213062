"""Every address of the portal, by audience; a test holds that each endpoint says who may open it."""

from __future__ import annotations

from starlette.convertors import StringConvertor, register_url_convertor
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Mount, Route

from portal.web import developer, machines
from portal.web.citizen import apply, checking, finding, my, receipts, repeating, sign_in, tasks, tracking
from portal.web.csrf import RefuseForeignForms
from portal.web.middleware import KnownLanguages
from portal.web.public import catalogue, front, status, verify, words


class LocaleConvertor(StringConvertor):
    """A language tag: `bn`, `en`, `ccp`; whether the portal speaks it is decided per request."""

    regex = "[a-z]{2,3}(?:-[A-Za-z0-9]{1,8})*"


register_url_convertor("locale", LocaleConvertor())

PUBLIC = [
    Route("/", catalogue.show_home, name="public:home"),
    Route("/services", catalogue.list_services, name="public:services"),
    Route("/services/{service}", catalogue.show_service, name="public:service"),
    Route("/about", words.show_about, name="public:about"),
    Route("/contact", words.show_contact, name="public:contact"),
    Route("/privacy", words.show_privacy, name="public:privacy"),
    Route("/cookies", words.show_cookies, name="public:cookies"),
    Route("/terms", words.show_terms, name="public:terms"),
    Route("/status", status.show_status, name="public:status"),
    Route("/verify", verify.show_verify, name="public:verify"),
]
CITIZEN = [
    Route("/apply/{service}", apply.show_service_instead),
    Route("/apply/{service}", apply.start_application, methods=["POST"], name="citizen:start"),
    Route("/apply/{draft}/sign-in", sign_in.show_sign_in, name="citizen:sign-in"),
    Route("/apply/{draft}/sign-in", sign_in.take_sign_in, methods=["POST"], name="citizen:sign-in"),
    Route("/apply/{draft}/check", checking.show_check, name="citizen:check"),
    Route("/apply/{draft}/check", checking.send_application, methods=["POST"], name="citizen:check"),
    Route("/apply/{draft}/exit/{exit}", checking.show_exit, name="citizen:exit"),
    Route("/apply/{draft}/tasks", tasks.show_tasks, name="citizen:tasks"),
    Route("/apply/{draft}/tasks", tasks.take_tasks, methods=["POST"], name="citizen:tasks"),
    Route("/apply/{draft}/{step}/{n:int}", repeating.show_item, name="citizen:item"),
    Route("/apply/{draft}/{step}/{n:int}", repeating.take_item, methods=["POST"], name="citizen:item"),
    Route("/apply/{draft}/{step}/{n:int}/remove", repeating.show_remove, name="citizen:remove"),
    Route(
        "/apply/{draft}/{step}/{n:int}/remove",
        repeating.take_remove,
        methods=["POST"],
        name="citizen:remove",
    ),
    Route("/apply/{draft}/{step}", apply.show_step, name="citizen:step"),
    Route("/apply/{draft}/{step}", apply.answer_step, methods=["POST"], name="citizen:step"),
    Route("/receipts/{reference}.pdf", receipts.show_pdf, name="citizen:receipt-pdf"),
    Route("/receipts/{reference}/paper", receipts.show_paper, name="citizen:receipt-paper"),
    Route("/receipts/{reference}", receipts.show_receipt, name="citizen:receipt"),
    Route("/my", my.show_my, name="citizen:my"),
    Route("/track", finding.show_find, name="citizen:find"),
    Route("/track", finding.take_find, methods=["POST"], name="citizen:find"),
    Route("/track/code", finding.show_code, name="citizen:find-code"),
    Route("/track/code", finding.take_code, methods=["POST"], name="citizen:find-code"),
    Route("/track/{reference}", tracking.show_track, name="citizen:track"),
]
MACHINES = [
    Route("/healthz", machines.show_health),
    Route("/readyz", machines.show_readiness),
    Route("/robots.txt", machines.show_robots),
    Route("/sitemap.xml", machines.show_sitemap),
    Route("/favicon.svg", machines.show_favicon),
    Route("/favicon.ico", machines.show_favicon),
    Route("/.well-known/security.txt", machines.show_security_contact),
    Route("/.well-known/portal-keys.json", machines.show_keys),
    Route("/static/{name}", machines.show_static),
    Route("/_messages", developer.show_messages),
    Route("/_components", developer.show_components),
]
ROUTES: list[BaseRoute] = [
    Route("/", front.choose_language, name="public:front"),
    *MACHINES,
    Mount(
        "/{locale:locale}",
        routes=[*PUBLIC, *CITIZEN],
        middleware=[Middleware(KnownLanguages), Middleware(RefuseForeignForms)],
    ),
]
ADDRESSES = {route.name: route.path_format for route in (*PUBLIC, *CITIZEN)}
"""Where each route of people's pages lies, below its language; a link is this with its blanks filled in."""
