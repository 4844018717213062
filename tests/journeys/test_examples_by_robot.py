"""A program that knows only the examples completes every service, in both languages, without scripts."""

from __future__ import annotations

import pytest

from tests.page_check import faults_of
from tests.page_check.titles import TitleBook
from tests.robot import Person, Robot, on_new_phone, people
from tests.running import RunningPortal

EXAMPLES = [pytest.param(person, id=person.name) for person in people()]


@pytest.mark.parametrize("locale", ["bn", "en"])
@pytest.mark.parametrize("person", EXAMPLES)
def test_a_person_ends_where_the_example_says(
    running_portal: RunningPortal, person: Person, locale: str
) -> None:
    with running_portal.client() as client:
        robot = Robot(client, on_new_phone(person), locale)
        assert robot.apply().meets(person.expect), robot.seen[-1].page.visit.path
        titles = TitleBook()
        found = [fault for seen in robot.seen for fault in faults_of(seen.page)]
        found += [fault for seen in robot.seen if (fault := titles.fault(seen.page, seen.status))]
    assert found == []


def test_each_service_shows_its_usual_ends() -> None:
    for service in {person.service for person in people()}:
        ends = {person.expect.partition(":")[0] for person in people() if person.service == service}
        assert ends == {"submitted", "exit", "error"}, service
