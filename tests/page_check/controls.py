"""Forms: every control has a name, a description that exists, and the server as its judge."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from accessibility.markup import Page, describe, words_in

_REFERENCES = (
    "aria-describedby",
    "aria-labelledby",
    "aria-controls",
    "aria-owns",
    "aria-details",
    "aria-errormessage",
    "aria-activedescendant",
)
_LABELLED = ("input", "select", "textarea", "button", "output", "progress", "meter")
_JUDGES = ("required", "pattern", "min", "max", "minlength")
_TYPES_THAT_JUDGE = ("number", "date", "datetime-local", "email", "url", "month", "time")


def labels(page: Page) -> Iterator[str]:
    for control in page.controls():
        if not _label(page, control):
            yield f"{describe(control)} has no label"
        if control.get("placeholder"):
            yield f"{describe(control)} has a placeholder, which vanishes"
    for label in page.all("label"):
        target = label.get("for")
        if target is not None and getattr(page.ids.get(target), "tag", None) not in _LABELLED:
            yield f"{describe(label)} is for {target!r}, which is no control of this page"
        if target is None and not any(child.tag in _LABELLED for child in label.iter()):
            yield f"{describe(label)} is for nothing"


def buttons(page: Page) -> Iterator[str]:
    for button in page.all("button"):
        if not page.name(button):
            yield f"{describe(button)} has no words"
    for button in page.all("input"):
        if button.get("type") in ("submit", "button", "reset") and not button.get("value", "").strip():
            yield f"{describe(button)} has no words"


def groups(page: Page) -> Iterator[str]:
    for fieldset in page.all("fieldset"):
        first = next(iter(fieldset), None)
        if first is None or first.tag != "legend" or not words_in(first):
            yield f"{describe(fieldset)} does not begin with a legend"
    counted: dict[str, list[Element]] = {}
    for control in page.controls():
        if control.get("type") in ("radio", "checkbox"):
            counted.setdefault(control.get("name", ""), []).append(control)
    for name, members in counted.items():
        lone = [one for one in members if not _grouped(page, one)]
        if (len(members) > 1 or members[0].get("type") == "radio") and lone:
            yield f"the choices named {name!r} are in no fieldset"


def references(page: Page) -> Iterator[str]:
    for element in page.elements:
        for attribute in _REFERENCES:
            for target in element.get(attribute, "").split():
                if target not in page.ids:
                    yield f"{describe(element)} {attribute} names {target!r}, which is not on the page"
    for control in page.controls():
        if control.get("aria-invalid") == "true" and not _told(page, control):
            yield f"{describe(control)} is wrong, but nothing describes the mistake"


def judged_by_the_server(page: Page) -> Iterator[str]:
    for form in page.all("form"):
        asks = any(form in page.ancestors(control) for control in page.controls())
        if asks and form.get("method", "get").lower() == "post" and form.get("novalidate") is None:
            yield f"{describe(form)} lets the browser judge (no novalidate)"
    for control in page.controls():
        judges = [name for name in _JUDGES if control.get(name) is not None]
        if control.get("type") in _TYPES_THAT_JUDGE:
            judges.append(f"type={control.get('type')}")
        if judges:
            yield f"{describe(control)} lets the browser judge ({', '.join(judges)})"
        if not control.get("name"):
            yield f"{describe(control)} has no name, so its answer is lost"


def _label(page: Page, control: Element) -> str:
    if control.get("aria-label") or control.get("aria-labelledby"):
        return page.name(control)
    pointing = [one for one in page.all("label") if one.get("for") == control.get("id", object())]
    wrapping = [one for one in page.ancestors(control) if one.tag == "label"]
    return " ".join(words_in(one) for one in (*pointing, *wrapping)).strip()


def _grouped(page: Page, control: Element) -> bool:
    return any(
        one.tag == "fieldset" or (one.get("role") in ("group", "radiogroup") and page.name(one))
        for one in page.ancestors(control)
    )


def _told(page: Page, control: Element) -> bool:
    around = (control, *(one for one in page.ancestors(control) if one.tag == "fieldset"))
    described = " ".join(one.get("aria-describedby", "") for one in around).split()
    return any(words_in(page.ids[one]) for one in described if one in page.ids)


CHECKS = (labels, buttons, groups, references, judged_by_the_server)
