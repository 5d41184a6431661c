"""What follows from a decision, without a database."""

from uuid import UUID

import pytest

from voice.review import decisions
from voice.review.theme import ChangedTheme, Member, Suggestion, Theme
from voice.review.usable import CannotDecide

PA1, IA1, HEARD = ("hertfordshire-2023", "PA1"), ("hertfordshire-2023", "IA1"), ("old", "heard")


def member(number, score=0.5, quote=None):
    return Member(UUID(int=number), score, quote)


def suggestion(number=1, name="Waiting", members=(), areas=frozenset()):
    return Suggestion(id=number, name=name, members=tuple(members), areas=frozenset(areas))


def theme(number=1, name="Waiting", members=(), areas=frozenset()):
    return Theme(id=number, name=name, members=tuple(members), areas=frozenset(areas))


def ids(members):
    return [m.response_id.int for m in members]


def test_agreeing_copies_the_comments_and_takes_the_areas_that_are_ticked():
    given = suggestion(members=[member(1, quote=1)], areas={IA1})
    decision = decisions.agree(given, " Long \n waits ", {PA1}, [])
    assert decision.suggestion_ids == (1,)
    assert decision.made[0].name == "Long waits"
    assert decision.made[0].members == given.members
    assert decision.made[0].areas == {PA1}


@pytest.mark.parametrize("name", ["", " \n", "x" * 151, "being HEARD"])
def test_a_name_that_is_empty_too_long_or_taken_is_refused(name):
    with pytest.raises(CannotDecide) as problem:
        decisions.agree(suggestion(), name, (), ["Being heard"])
    assert problem.value.field == "name"


@pytest.mark.parametrize("reason", ["", "  ", "x" * 2001])
def test_refusing_and_taking_back_need_a_reason(reason):
    with pytest.raises(CannotDecide):
        decisions.refuse(suggestion(), reason)
    with pytest.raises(CannotDecide):
        decisions.withdraw(theme(), reason)


def test_merging_counts_a_comment_once_with_its_best_score():
    one = suggestion(1, members=[member(1, 0.4), member(2, 0.6)], areas={PA1})
    two = suggestion(2, members=[member(1, 0.9), member(3, 0.5)], areas={IA1})
    made = decisions.merge([one, two], "Waiting", []).made[0]
    assert [(m.response_id.int, m.score) for m in made.members] == [(1, 0.9), (2, 0.6), (3, 0.5)]
    assert made.areas == {PA1, IA1}


def test_merging_keeps_three_quotes_numbered_from_one():
    one = suggestion(1, members=[member(n, 0.1 * n, quote=n) for n in (1, 2, 3)])
    two = suggestion(2, members=[member(n, 0.1 * n) for n in (4, 5)])
    made = decisions.merge([one, two], "Waiting", []).made[0]
    quotes = {m.quote_place: m.response_id.int for m in made.members if m.quote_place}
    assert quotes == {1: 1, 2: 2, 3: 3}


def test_one_suggestion_is_not_enough_to_merge():
    with pytest.raises(CannotDecide, match="at least two"):
        decisions.merge([suggestion()], "Waiting", [])


def test_a_theme_that_others_are_put_into_stays_what_it_is():
    target = theme(7, "Being heard", [member(1, quote=1)], {PA1})
    other = theme(8, "Listening", [member(1), member(2, quote=1)], {IA1})
    new = suggestion(5, members=[member(3, quote=2)])
    decision = decisions.merge_into(target, [new], [other])
    assert decision.made == ()
    assert decision.ended == (8,)
    assert decision.theme_ids == (7, 8)
    assert decision.suggestion_ids == (5,)
    added = decision.changed[0].added
    assert decision.changed == (ChangedTheme(theme_id=7, added=added),)
    assert sorted(ids(added)) == [2, 3]
    assert {m.quote_place for m in added} == {None}


def test_a_theme_is_not_put_into_itself():
    with pytest.raises(CannotDecide):
        decisions.merge_into(theme(7), themes=[theme(7)])
    with pytest.raises(CannotDecide):
        decisions.merge_into(theme(7))


def test_splitting_gives_each_comment_to_one_part_and_each_part_its_quotes():
    whole = theme(7, members=[member(n, n / 10, quote=1 if n == 2 else None) for n in range(1, 6)])
    decision = decisions.split(whole, {UUID(int=2), UUID(int=3)}, ("A", "B"), ["Waiting"])
    first, rest = decision.made
    assert (ids(first.members), ids(rest.members)) == ([3, 2], [5, 4, 1])
    assert {m.response_id.int: m.quote_place for m in first.members} == {2: 1, 3: 2}
    assert {m.quote_place for m in rest.members} == {1, 2, 3}
    assert decision.ended == (7,)


@pytest.mark.parametrize("ticked", [set(), {1, 2}, {99}])
def test_a_split_needs_something_in_each_part(ticked):
    whole = suggestion(members=[member(1), member(2)])
    with pytest.raises(CannotDecide) as problem:
        decisions.split(whole, {UUID(int=n) for n in ticked}, ("A", "B"), [])
    assert problem.value.field == "comments"


@pytest.mark.parametrize(
    ("names", "field"),
    [(("", "B"), "first-name"), (("A", ""), "rest-name"), (("A", "a"), "rest-name")],
)
def test_both_parts_of_a_split_need_names_of_their_own(names, field):
    whole = suggestion(members=[member(1), member(2)])
    with pytest.raises(CannotDecide) as problem:
        decisions.split(whole, {UUID(int=1)}, names, [])
    assert problem.value.field == field


def test_a_suggestion_that_is_split_is_decided_about_and_no_theme_ends():
    whole = suggestion(4, members=[member(1), member(2)])
    decision = decisions.split(whole, {UUID(int=1)}, ("A", "B"), [])
    assert (decision.suggestion_ids, decision.theme_ids, decision.ended) == ((4,), (), ())


def test_renaming_keeps_what_the_name_was():
    decision = decisions.rename(theme(7, "Waiting"), "Long waits", ["Being heard"])
    assert decision.details == {"name": "Long waits", "was": "Waiting"}
    with pytest.raises(CannotDecide, match="already"):
        decisions.rename(theme(7, "Waiting"), "Waiting", [])


def test_a_theme_may_change_the_case_of_its_own_name():
    assert decisions.rename(theme(7, "waiting"), "Waiting", []).changed[0].name == "Waiting"


def test_areas_that_are_not_on_offer_any_more_stay():
    before = theme(7, areas={PA1, HEARD})
    decision = decisions.change_areas(before, {IA1}, {PA1: "Plans", IA1: "Health"})
    assert decision.changed[0].areas == frozenset({IA1, HEARD})
    assert decision.details["were"] == ["hertfordshire-2023/PA1", "old/heard"]
    with pytest.raises(CannotDecide):
        decisions.change_areas(before, {PA1}, {PA1: "Plans", IA1: "Health"})


def test_no_record_of_a_decision_names_a_comment():
    whole = theme(7, members=[member(1), member(2)])
    every = [
        decisions.agree(whole, "A", (), []),
        decisions.merge([suggestion(1), suggestion(2)], "A", []),
        decisions.merge_into(whole, [suggestion(1, members=[member(3)])]),
        decisions.split(whole, {UUID(int=1)}, ("A", "B"), []),
        decisions.withdraw(whole, "why"),
    ]
    for decision in every:
        assert str(UUID(int=1))[-4:] not in str(decision.details)
