"""Rules say yes, no or not known yet, the same way in every evaluator, and never anything else."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.forms.answers import Value
from portal.forms.expression import _OPERATORS, RuleProblem, parse

VECTORS = json.loads(
    (Path(__file__).parent.parent / "vectors" / "expressions.json").read_text(encoding="utf-8")
)
DAY = date(2026, 11, 22)


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["name"])
def test_a_rule_holds_as_the_shared_cases_say(case: dict[str, Any]) -> None:
    today = date.fromisoformat(case.get("today", case["as_of"]))
    verdict = parse(case["rule"]).evaluate(case["values"], date.fromisoformat(case["as_of"]), today)
    assert verdict is case["verdict"]


@pytest.mark.parametrize("case", VECTORS["refused"], ids=lambda case: case["name"])
def test_the_language_cannot_say(case: dict[str, Any]) -> None:
    with pytest.raises(RuleProblem):
        parse(case["rule"])


def test_the_shared_cases_are_many_and_named_apart() -> None:
    names = [case["name"] for case in (*VECTORS["cases"], *VECTORS["refused"])]
    assert len(VECTORS["cases"]) >= 200
    assert len(names) == len(set(names))


def test_every_operator_has_a_shared_case() -> None:
    operators = {part.operator for case in VECTORS["cases"] for part in parse(case["rule"]).walk()}
    assert operators == _OPERATORS.keys()


def test_a_rule_names_the_questions_it_depends_on() -> None:
    rule = parse({"all": [{"eq": ["$sex", "f"]}, {"lt": [{"age_at": ["$dob", "$as_of"]}, 62]}]})
    assert rule.questions() == {"sex", "dob"}


def test_a_date_in_a_rule_is_a_day() -> None:
    assert parse({"lt": ["$dob", date(2001, 1, 1)]}) == parse({"lt": ["$dob", "2001-01-01"]})


# --- properties over random rules and random answers --------------------------------------------------------

many = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])

KEYS = ("a", "b", "c")
references = st.sampled_from([f"${key}" for key in KEYS])
codes = st.sampled_from(["x", "y", "2000-02-29", "0012345601"])
numbers = st.integers(-3, 3)
days = st.sampled_from(["$a", "$as_of", "2000-02-29"])
measures = st.one_of(
    st.builds(lambda key: {"count": key}, references),
    st.builds(lambda one, two: {"age_at": [one, two]}, days, days),
    st.builds(lambda one, two: {"days_between": [one, two]}, days, days),
)
operands = st.one_of(references, codes, numbers, measures)
comparisons = st.one_of(
    st.builds(
        lambda operator, left, right: {operator: [left, right]},
        st.sampled_from(["eq", "ne", "lt", "lte", "gt", "gte"]),
        operands,
        operands,
    ),
    st.builds(lambda key, listed: {"in": [key, listed]}, references, st.lists(codes | numbers, max_size=3)),
    st.builds(lambda code, key: {"in": [code, key]}, codes, references),
    st.builds(
        lambda key, kind: {"matches_kind": [key, kind]},
        references,
        st.sampled_from(["nid", "date", "number"]),
    ),
)


def rules(leaves: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.builds(lambda parts: {"all": parts}, st.lists(inner, min_size=1, max_size=3)),
            st.builds(lambda parts: {"any": parts}, st.lists(inner, min_size=1, max_size=3)),
            st.builds(lambda part: {"not": part}, inner),
        ),
        max_leaves=6,
    )


answered = st.builds(lambda key: {"answered": key}, references)
values: st.SearchStrategy[Value] = st.one_of(
    codes,
    numbers,
    st.just(""),
    st.lists(codes, max_size=3),
    st.dictionaries(codes, codes, max_size=2),
    st.text(),
)
documents = st.dictionaries(st.sampled_from(KEYS), values)


@many
@given(rules(comparisons | answered), documents)
def test_a_verdict_is_yes_no_or_unknown_whatever_was_answered(
    rule: dict[str, Any], document: dict[str, Value]
) -> None:
    assert parse(rule).evaluate(document, DAY) in (True, False, None)


@many
@given(rules(comparisons | answered))
def test_a_rule_reads_back_as_it_was_written(rule: dict[str, Any]) -> None:
    assert parse(json.loads(json.dumps(parse(rule).to_mapping()))) == parse(rule)


@many
@given(rules(comparisons | answered), documents)
def test_not_turns_a_verdict_round_and_twice_is_nothing(
    rule: dict[str, Any], document: dict[str, Value]
) -> None:
    plain = parse(rule).evaluate(document, DAY)
    turned = parse({"not": rule}).evaluate(document, DAY)
    assert turned is (None if plain is None else not plain)
    assert parse({"not": {"not": rule}}).evaluate(document, DAY) is plain


@many
@given(st.lists(rules(comparisons), min_size=1, max_size=4), documents)
def test_not_all_is_any_not(parts: list[dict[str, Any]], document: dict[str, Value]) -> None:
    turned = parse({"any": [{"not": part} for part in parts]})
    assert parse({"not": {"all": parts}}).evaluate(document, DAY) is turned.evaluate(document, DAY)


@many
@given(rules(comparisons), documents, documents)
def test_one_more_answer_never_overturns_a_verdict(
    rule: dict[str, Any], before: dict[str, Value], more: dict[str, Value]
) -> None:
    known = {key: value for key, value in before.items() if value != ""}
    settled = parse(rule).evaluate(known, DAY)
    if settled is not None:
        assert parse(rule).evaluate({**more, **known}, DAY) is settled


@many
@given(comparisons)
def test_a_comparison_with_unanswered_questions_is_never_settled(rule: dict[str, Any]) -> None:
    expression = parse(rule)
    if expression.questions():
        assert expression.evaluate({}, DAY) is None


@many
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=8,
    )
)
def test_anything_else_is_refused_in_words(raw: object) -> None:
    with pytest.raises(RuleProblem, match=r"\w"):
        parse(raw)
