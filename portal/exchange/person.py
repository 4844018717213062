"""One invented person as the national ID registry of the stand-in holds them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Person:
    """Numbers are impossible in reality: district code 00, or a smart-card number beginning 00."""

    nid: str
    name_bn: str
    name_en: str
    father_bn: str
    father_en: str
    mother_bn: str
    mother_en: str
    sex: str
    """`female`, `male` or `hijra`."""
    born: date
    union: str
    """Place code of the union, or of an upazila that lists no unions."""
    landmark: str
    ward: str
    """One digit, 1 to 9."""
