"""A draft survives whatever ends the process: every step is taken by a program that is then killed."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from portal.settings import ROOT, Settings
from portal.store.drafts import Draft
from tests.usecases.person import ANSWERS, Person

pytestmark = pytest.mark.faults

_ONE_STEP = """
import json, sys, time
from pathlib import Path
from portal.settings import Settings
from portal.store.database import Database
from tests.usecases.person import Person
folder, url, holder, draft_id, said = sys.argv[1:]
person = Person(Database(Settings(data=Path(folder), database_url=url)), holder=holder)
from portal.store import drafts
with person.database.read() as db:
    draft = drafts.load(db, draft_id, holder)
print("saved", person.answers(draft, json.loads(said)).revision, flush=True)
time.sleep(60)
"""


def _answers_and_is_killed(person: Person, draft: Draft, said: object, settings: Settings) -> None:
    arguments = [str(settings.data), settings.database_url, person.holder, draft.id, json.dumps(said)]
    command = [sys.executable, "-c", _ONE_STEP, *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as program:
        assert program.stdout is not None
        assert program.stdout.readline().startswith("saved")
        program.kill()


def test_every_answer_is_there_though_the_program_was_killed_after_each(
    person: Person, kept_in: Settings
) -> None:
    draft = person.signs_in(person.starts())
    for key, value in ANSWERS.items():
        _answers_and_is_killed(person, draft, {key: value}, kept_in)
    read_back = person.reads(draft)
    assert read_back.answers.plain == dict(ANSWERS)
    assert read_back.mobile == person.mobile
    assert person.sends(read_back).state == "received"
