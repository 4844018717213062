"""The steps a group of papers makes: which one the person has, a photo of it, and why there is none."""

from __future__ import annotations

from typing import Any

type Raw = dict[str, Any]
_HAVE = {"bn": "আপনার কোনটি আছে, তা বেছে নিন", "en": "Choose which one you have"}
_NONE = {"bn": "আমার এর কোনোটিই নেই", "en": "I have none of these"}
_WHY = {"bn": "{title}: কেন নেই?", "en": "{title}: why do you not have it?"}
_SHORT = {"bn": "{title}: না থাকার কারণ", "en": "{title}: reason for not having it"}
_TELL = {"bn": "কেন নেই, তা লিখুন", "en": "Say why you do not have it"}
_PHOTO = {"bn": "{title}: ছবি বা ফাইল", "en": "{title}: photo or file"}
_ATTACH = {"bn": "কাগজটির ছবি বা ফাইল দিন", "en": "Add a photo or a file of the paper"}


def document_steps(step: Raw, document: Raw) -> list[Raw]:
    """The steps that stand for `step`, which only names the document group."""
    key, base = document["key"], {"section": step.get("section")}
    conditions = {name: document[name] for name in ("satisfied_by",) if name in document}
    rules = [raw["show_if"] for raw in (document, step) if "show_if" in raw]
    steps = [{**base, **conditions, "key": step["key"], "questions": [_choice(document)], **_all(rules)}]
    is_none = {"eq": [f"${key}", "none"]}
    if document.get("attach"):
        has_one = {"in": [f"${key}", [one["code"] for one in document["alternatives"]]]}
        asked = _asked(document, "attachment", "file", (_PHOTO, _PHOTO, _ATTACH))
        steps.append(
            {
                **base,
                **conditions,
                "key": f"{step['key']}-file",
                "questions": [asked],
                **_all([*rules, has_one]),
            }
        )
    if document.get("reason", True):
        asked = _asked(document, "long_text", "reason", (_WHY, _SHORT, _TELL)) | {"max_length": 500}
        steps.append(
            {
                **base,
                **conditions,
                "key": f"{step['key']}-reason",
                "questions": [asked],
                **_all([*rules, is_none]),
            }
        )
    return steps


def _choice(document: Raw) -> Raw:
    options = [dict(one) for one in document["alternatives"]]
    if document.get("reason", True):
        options.append({"code": "none", "label": _NONE})
    asked = {
        "key": document["key"],
        "kind": "choice",
        "label": document["title"],
        "summary": document["title"],
        "error": _HAVE,
        "options": options,
    }
    return asked | {name: document[name] for name in ("why",) if name in document}


def _asked(document: Raw, kind: str, part: str, words: tuple[Raw, Raw, Raw]) -> Raw:
    label, summary, error = words
    return {
        "key": f"{document['key']}_{part}",
        "kind": kind,
        "label": _about(document, label),
        "summary": _about(document, summary),
        "error": error,
    }


def _about(document: Raw, words: Raw) -> Raw:
    title = document["title"]
    return {tag: pattern.format(title=title.get(tag, "")) for tag, pattern in words.items()}


def _all(rules: list[Any]) -> Raw:
    if not rules:
        return {}
    return {"show_if": rules[0] if len(rules) == 1 else {"all": rules}}
