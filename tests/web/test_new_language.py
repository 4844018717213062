"""A language arrives as a folder: no code is edited, and what it lacks is said in the nearest one, marked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.building.catalogues import catalogue_steps, languages
from portal.building.steps import run_steps
from portal.i18n.locale import load_locales
from portal.settings import ROOT, Settings
from tests.making_services import KEY, asked, definition, page, write_service
from tests.web.reading import links_in, page_of, path_of
from tests.web.served import Served, serving

OWN_NAME = "𑄌𑄋𑄴𑄟𑄳𑄦"
START = "𑄛𑄖𑄴𑄗𑄧𑄟𑄴"
# The names of things that only a screen reader says must be there; all else may still be missing.
WORDS = {
    "Start your application": START,
    "Language and your applications": "𑄞𑄌𑄴",
    "Footer": "𑄛𑄎𑄴",
    "Need help?": "𑄃𑄟𑄘",
}


@pytest.fixture(scope="module")
def toys(tmp_path_factory: pytest.TempPathFactory, built: Path) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("language")
    settings = Settings(
        data=folder / "var",
        build=folder / "build",
        services=folder / "services",
        locales=folder / "locales",
        base_url="http://testserver",
        exchange_url="http://127.0.0.1:9",
    )
    settings.build.mkdir()
    for part in built.iterdir():
        if part.name not in ("locales", "stamps.json"):
            (settings.build / part.name).symlink_to(part)
    for code in ("bn", "en"):
        (folder / "locales" / code).parent.mkdir(exist_ok=True)
        (folder / "locales" / code).symlink_to(ROOT / "locales" / code)
    _write_language(folder / "locales" / "ccp")
    run_steps(catalogue_steps(settings.locales, settings.build), settings.build, lambda _: None)
    write_service(settings.services, definition([page("story", asked("text", "story"))]))
    with serving(settings) as portal:
        yield portal


def _write_language(folder: Path) -> None:
    catalogue = folder / "LC_MESSAGES" / "messages.po"
    catalogue.parent.mkdir(parents=True)
    said = "\n".join(f'msgid "{english}"\nmsgstr "{words}"\n' for english, words in WORDS.items())
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    catalogue.write_text(header + said, "utf-8")
    (folder / "locale.toml").write_text(f'name = "{OWN_NAME}"\nreviewed = false\n', "utf-8")


def test_the_folder_alone_makes_the_language(toys: Served) -> None:
    assert languages(toys.settings.locales) == ("bn", "en", "ccp")
    chakma = load_locales(toys.settings.build)["ccp"]
    assert (chakma.name, chakma.is_reviewed) == (OWN_NAME, False)


def test_every_page_offers_it_in_its_own_name_and_says_it_is_not_checked(toys: Served) -> None:
    shown = toys.browser().get("/en/services")
    [link] = links_in(shown, "a", hreflang="ccp", lang="ccp")
    assert link.text == OWN_NAME
    assert "(not checked yet)" in shown.text


def test_its_own_words_are_plain_and_missing_ones_say_their_language(toys: Served) -> None:
    shown = toys.browser().get(f"/ccp/services/{KEY}")
    page_there = page_of(shown)
    assert page_there.root.get("lang") == "ccp"
    [button] = [one for one in page_there.all("button") if START in "".join(one.itertext())]
    assert page_there.lang(button) == "ccp"
    [cost] = [one for one in page_there.all("dt") if "খরচ" in "".join(one.itertext())]
    assert [one.get("lang") for one in cost] == ["bn"]
    assert "\ue000" not in shown.text


def test_somebody_applies_in_it_and_every_page_is_whole(toys: Served) -> None:
    browser = toys.browser()
    here = browser.submit(f"/ccp/apply/{KEY}")
    base = path_of(here).rpartition("/")[0]
    assert browser.submit(f"{base}/story").status_code == 422
    browser.submit(f"{base}/story", story="ধান \ue000bn\ue001 চাষ\ue002 <b>")
    assert "\ue000" not in browser.get(f"{base}/story").text
