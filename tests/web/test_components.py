"""The gallery of components, for people who build pages."""

from __future__ import annotations

from typing import get_args

from portal.forms.definition import KindName
from tests.checked_client import CheckedClient


def test_the_gallery_shows_every_kind_of_question_empty_filled_and_wrong(client: CheckedClient) -> None:
    page = client.get("/_components").text
    for kind in get_args(KindName):
        for state in ("empty", "filled", "error"):
            assert f'"{kind}_{state}' in page
        assert f'id="{kind}_error-error"' in page
