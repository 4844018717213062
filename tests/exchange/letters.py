"""Well-formed requests a portal might send, for tests to send as they are or spoil first."""

from __future__ import annotations

import uuid
from typing import Any

CLIENT = "DEMO/GOV/PORTAL/citizen-portal"
VERIFY = "/r1/DEMO/GOV/EC/nid/verify"
APPLICATIONS = "/r1/DEMO/GOV/LGD/union-intake/applications"
ALLOWANCE_APPLICATIONS = "/r1/DEMO/GOV/DSS/dss-intake/applications"
BIRTH = "/r1/DEMO/GOV/ORGBDR/birth/verify"
DEATH = "/r1/DEMO/GOV/ORGBDR/death/verify"
DISABILITY = "/r1/DEMO/GOV/DSS/disability/verify"
ALLOWANCES = "/r1/DEMO/GOV/DSS/allowances/status"
WALLET = "/r1/DEMO/GOV/DSS/allowances/wallet"
ORDERS = "/r1/DEMO/GOV/FD/payments/orders"


def headers(**more: str) -> dict[str, str]:
    """The required headers, and `more` with underscores for hyphens."""
    extra = {name.replace("_", "-"): value for name, value in more.items()}
    return {"x-road-client": CLIENT, "x-road-id": str(uuid.uuid4()), **extra}


def question(nid: str = "0012345601", born: str = "1963-10-24", **more: object) -> dict[str, object]:
    """A verification of Rahima Khatun, or of whoever is named."""
    return {
        "request_id": "req-1",
        "subject_nid": nid,
        "date_of_birth": born,
        "purpose_code": "identity_verification",
        "fields": ["name_bn", "name_en"],
        **more,
    }


def asked(subject: dict[str, str], *fields: str) -> dict[str, object]:
    """A question about whoever `subject` names, to any registry."""
    return {"request_id": "req-1", "purpose_code": "eligibility", "fields": list(fields), **subject}


def order(order_id: str = "order-0001", **more: object) -> dict[str, Any]:
    """Fifty taka for a birth registration."""
    return {
        "order_id": order_id,
        "reference": "BD-7K4M-29QX",
        "service_key": "birth-registration",
        "amount": 50,
        "words": {"bn": "জন্ম নিবন্ধন ফি", "en": "Birth registration fee"},
        "return_url": "http://testserver/bn/apply/draft-1/payment",
        **more,
    }


def handover(submission_id: str = "5f0c2d1e-0000-4000-8000-000000000001", **more: object) -> dict[str, Any]:
    """Rahima's application on its way to Chor Austadhar Union Parishad."""
    return {
        "submission_id": submission_id,
        "reference": "BD-7K4M-29QX",
        "service_key": "union-paper",
        "version_hash": "abc123",
        "office": "4589-460-4232",
        "received_at": "2026-11-22T04:29:00+00:00",
        "answers": [
            {
                "question": "name_bn",
                "label": {"bn": "নাম", "en": "Name"},
                "value": "মোছাঃ রহিমা খাতুন",
                "words": {"bn": "মোছাঃ রহিমা খাতুন"},
                "source": "registry",
                "registry": "nid",
                "fetched_at": "2026-11-22T04:20:00+00:00",
            },
            {
                "question": "why",
                "label": {"bn": "কেন দরকার"},
                "value": "<b>চাকরি</b>",
                "words": {"bn": "<b>চাকরি</b>"},
                "source": "typed",
            },
        ],
        **more,
    }
