"""`var/demo.txt`: how to sign in as the invented people of the demonstration."""

from __future__ import annotations

from portal.building.steps import write_whole
from portal.exchange.demo_people import DEMO_PEOPLE, DemoPerson
from portal.settings import Settings

_HEAD = """\
DEMO. Everyone here is invented; the numbers exist in no registry.

Citizens: type the national ID number and the date of birth; the portal sends a code to the mobile number.
Codes and messages that would have been sent: {base_url}/_messages
Act as the union's office (approve, refuse, ask): {exchange_url}/_intake/<reference>
Make the exchange fail on purpose: {exchange_url}/_faults

"""
_LINE = "{:<12} {:<12} {:<13} {:<19} {:<10} {}\n"


def write_demo_people(settings: Settings) -> None:
    """Write the list beside the database."""
    head = _HEAD.format(base_url=settings.base_url, exchange_url=settings.exchange_url)
    titles = _LINE.format("national ID", "born", "mobile", "birth registration", "", "name")
    lines = "".join(_line(person) for person in DEMO_PEOPLE)
    write_whole(settings.data / "demo.txt", f"{head}{titles}{lines}".encode())


def _line(demo: DemoPerson) -> str:
    person = demo.person
    names = f"{person.name_bn} ({person.name_en})"
    line = _LINE.format(person.nid, person.born.isoformat(), demo.mobile, demo.brn, person.sex, names)
    return f"{line}{'':<12} {demo.story}\n"
