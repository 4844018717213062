"""An office by name: the kind of office and the place it serves."""

from __future__ import annotations

from portal.forms.definition import Service
from portal.i18n.locale import Locale
from portal.i18n.messages import lazy
from portal.places import Places


def office_name(service: Service, place: str, places: Places, locale: Locale) -> str:
    """For example "Union Parishad, Char Ashtadhar, Nakla, Sherpur"; only the kind when no place decides."""
    agency = service.agency_words
    line = places.line(place) if place else ()
    if not line:
        return locale.say(agency)
    where = ", ".join(locale.bangla_or(one.en, one.bn) for one in reversed(line[1:]))
    return locale.say(lazy("{office}, {place}", office=agency, place=where))
