"""Ten invented people everyone on the project knows by name; examples and tests lean on them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portal.exchange.person import Person


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """One of the ten with the phone they sign in with, which no registry knows."""

    person: Person
    mobile: str
    brn: str
    """Their 17-digit birth registration number; district 00."""
    story: str
    """What makes this person useful to somebody who writes or tries a service."""


# By their number among the ten: birth registration, and what the registries hold of them besides.
_STORIES = {
    1: ("19630012166100010", "a widow since 2021, her husband's death is registered; gets no allowance"),
    2: ("20020012166100020", "blind, has a disability card; gets no allowance"),
    3: ("19980012166100030", "five months pregnant, has an unregistered daughter of three"),
    4: (
        "19750012166100040",
        "has an unregistered daughter of nine, and a son with cerebral palsy and no card",
    ),
    5: ("19900012166100050", "left by her husband, two children; her son has a disability card"),
    6: ("19580012166100060", "over 65, gets no allowance; the account on his phone is his grandson's"),
    7: ("20040012166100145", "has a daughter of ten days; her own birth record misspells her mother's name"),
    8: (
        "19690012166100080",
        "gets the disability allowance, but it never arrives: the account is not active",
    ),
    9: (
        "19850012166100090",
        "a widow with two children, her husband's death is registered; gets no allowance",
    ),
    10: ("19940012166100100", "too young for everything; his account must take nobody else's allowance"),
}


def _demo(number: int, names: str, sex: str, born: date, home: str) -> DemoPerson:
    """`names`: own, father's, mother's name, one a line, each `bn|en`; `home`: `union|landmark|ward`."""
    own, father, mother = (line.strip().partition("|") for line in names.strip().splitlines())
    union, landmark, ward = home.split("|")
    person = Person(
        nid=f"00123456{number:02d}",
        name_bn=own[0],
        name_en=own[2],
        father_bn=father[0],
        father_en=father[2],
        mother_bn=mother[0],
        mother_en=mother[2],
        sex=sex,
        born=born,
        union=union,
        landmark=landmark,
        ward=ward,
    )
    return DemoPerson(person, f"017123456{number:02d}", *_STORIES[number])


DEMO_PEOPLE: tuple[DemoPerson, ...] = (
    _demo(
        1,
        "মোছাঃ রহিমা খাতুন|Rahima Khatun\nমৃত আফাজ উদ্দিন|Afaz Uddin\nজমিলা বেগম|Jamila Begum",
        "female",
        date(1963, 10, 24),
        "4589-460-4232|গ্রাম: কাশবন পাড়া, বটতলার পাশে|5",
    ),
    _demo(
        2,
        "সুমন মিয়া|Sumon Mia\nমোঃ আলাউদ্দিন মিয়া|Md. Alauddin Mia\nশিউলি বেগম|Shiuli Begum",
        "male",
        date(2002, 3, 15),
        "3026-365-3273|গ্রাম: শিমুলতলী, টিনের মসজিদের উত্তরে|2",
    ),
    _demo(
        3,
        "আয়েশা আক্তার|Ayesha Akter\nমোঃ শাহজাহান|Md. Shahjahan\nরোকেয়া বেগম|Rokeya Begum",
        "female",
        date(1998, 7, 2),
        "2015-068-0672|গ্রাম: মধুবন পাড়া, পুরাতন পুকুর পাড়|7",
    ),
    _demo(
        4,
        "মোঃ আব্দুল করিম|Abdul Karim\nমোঃ আব্দুর রহিম|Md. Abdur Rahim\nহালিমা খাতুন|Halima Khatun",
        "male",
        date(1975, 1, 30),
        "5081-140-1258|গ্রাম: আমবাগান, প্রাথমিক বিদ্যালয়ের পেছনে|3",
    ),
    _demo(
        5,
        "শান্তি চাকমা|Shanti Chakma\nপূর্ণ চাকমা|Purna Chakma\nরূপালী চাকমা|Rupali Chakma",
        "female",
        date(1990, 12, 5),
        "2084-037-0359|গ্রাম: জুমঘর পাড়া, নৌকা ঘাটের উপরে|8",
    ),
    _demo(
        6,
        "মোঃ নূরুল ইসলাম|Nurul Islam\nমৃত তোফাজ্জল হোসেন|Tofazzal Hossain\nমৃত সখিনা বিবি|Sokhina Bibi",
        "male",
        date(1958, 4, 14),
        "5585-444-4072|গ্রাম: পদ্মদিঘি, ঈদগাহ মাঠের পাশে|1",
    ),
    _demo(
        7,
        "জান্নাতুল ফেরদৌস|Jannatul Ferdous\nমোঃ ফারুক হাওলাদার|Md. Faruk Howlader\nনাসিমা আক্তার|Nasima Akter",
        "female",
        date(2004, 2, 29),
        "1006-250-2261|গ্রাম: নদীকূল, খেয়াঘাটের কাছে|9",
    ),
    _demo(
        8,
        "বিমল দাস|Bimal Das\nনিখিল চন্দ্র দাস|Nikhil Chandra Das\nসরলা রানী দাস|Sarala Rani Das",
        "male",
        date(1969, 9, 9),
        "4087-184-1667|গ্রাম: তালবাড়িয়া, কালী মন্দিরের পূর্বে|4",
    ),
    _demo(
        9,
        "মারিয়া গমেজ|Maria Gomes\nপিটার গমেজ|Peter Gomes\nআগ্নেস রোজারিও|Agnes Rozario",
        "female",
        date(1985, 6, 21),
        "3033-317-2847|গ্রাম: ফুলবাগান, গির্জার সামনে|6",
    ),
    _demo(
        10,
        "কামাল হোসেন|Kamal Hossain\nমোঃ আনোয়ার হোসেন|Md. Anwar Hossain\nসুফিয়া বেগম|Sufia Begum",
        "male",
        date(1994, 11, 11),
        "6091-277-2487|গ্রাম: টিলাপাড়া, চা দোকানের মোড়|2",
    ),
)
