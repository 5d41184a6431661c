"""What a pledge must say before it is kept."""

from datetime import date

import pytest

from tests import given
from voice.you_said.days import parse_day
from voice.you_said.pledge import Pledge, read_pledge

TODAY = date(2026, 10, 2)
TYPED = {
    "status": "doing",
    "easy_said": "You wait a long time.",
    "words": "We are taking on six more therapists.",
    "easy_words": "We are finding more people to help you.",
    "because": "",
    "easy_because": "",
    "owner_role": "head of SEND",
    "owner_organisation": "Hertfordshire County Council",
    "on_day": "2027-05-03",
    "publish": "yes",
}
PROOF = {"evidence": "The rota shows six names.", "evidence_on": "2026-09-01"}
WHY = {"because": "There is no money.", "easy_because": "We do not have the money."}


def problems(**typed):
    found = read_pledge(TYPED | typed, TODAY)
    return {} if isinstance(found, Pledge) else found


def test_a_whole_form_is_a_pledge():
    pledge = read_pledge(TYPED, TODAY)
    assert isinstance(pledge, Pledge)
    assert (pledge.status, pledge.on_day, pledge.published) == ("doing", date(2027, 5, 3), True)


@pytest.mark.parametrize(
    "field", ["easy_said", "words", "easy_words", "owner_role", "owner_organisation", "on_day"]
)
def test_what_must_be_said_is_asked_for_by_its_name(field):
    assert list(problems(**{field: "  "})) == [field]


def test_an_empty_form_has_a_problem_for_each_field_and_does_not_fall_over():
    found = read_pledge({}, TODAY)
    assert not isinstance(found, Pledge)
    assert set(found) == {
        "status",
        "easy_said",
        "words",
        "easy_words",
        "owner_role",
        "owner_organisation",
        "on_day",
    }


@pytest.mark.parametrize("status", ["", "did", "DONE"])
def test_a_status_that_is_not_on_offer_is_refused(status):
    assert list(problems(status=status)) == ["status"]


@pytest.mark.parametrize("status", ["partly_done", "cannot_do"])
def test_what_is_not_wholly_done_must_say_why_in_both_wordings(status):
    refused = {"status": status, "on_day": "2026-09-01"}
    assert set(problems(**refused)) == {"because", "easy_because"}
    assert problems(**refused, **WHY) == {}


@pytest.mark.parametrize("one", WHY)
def test_a_reason_in_one_wording_needs_the_other(one):
    other = ({*WHY} - {one}).pop()
    assert list(problems(**{one: WHY[one]})) == [other]


@pytest.mark.parametrize(("status", "why"), [("done", PROOF), ("cannot_do", WHY)])
def test_nothing_was_done_or_decided_tomorrow(status, why):
    assert list(problems(status=status, on_day="2026-10-03", **why)) == ["on_day"]
    assert problems(status=status, on_day="2026-10-02", **why) == {}


def test_nothing_new_is_due_yesterday_but_an_old_day_may_be_left_as_it_was():
    late = TYPED | {"on_day": "2026-10-01"}
    before = given.a_pledge(on_day=date(2026, 10, 1))
    assert list(problems(on_day="2026-10-01")) == ["on_day"]
    assert isinstance(read_pledge(late, TODAY, before=before), Pledge)
    assert not isinstance(read_pledge(late, TODAY, before=given.a_pledge()), Pledge)


@pytest.mark.parametrize("text", ["2027-05-03", "3/5/2027", "3 May 2027", "03 may 2027"])
def test_a_day_may_be_written_in_several_ways(text):
    assert parse_day(text) == date(2027, 5, 3)


@pytest.mark.parametrize("text", ["soon", "2027-02-30", "May 2027", "0027-05-03", "2099-05-03"])
def test_a_day_that_is_none_or_far_away_is_asked_for_again(text):
    assert list(problems(on_day=text)) == ["on_day"]


@pytest.mark.parametrize(
    "name", ["Jane Smith", "Mrs Smith", "Dr Amy Jones", "head of SEND (Ms Lee)", "a@b.example"]
)
def test_a_name_where_the_role_should_stand_is_refused(name):
    assert list(problems(owner_role=name)) == ["owner_role"]


@pytest.mark.parametrize(
    "role",
    [
        "head of SEND",
        "Director of Children’s Services",
        "Commissioning Manager",
        "Cabinet Member for Education",
        "MS nurse",
        "Educational Psychology Service",
    ],
)
def test_a_role_is_taken(role):
    assert problems(owner_role=role) == {}


def test_easy_words_with_a_long_sentence_may_be_kept_but_not_published():
    long = "word " * 16 + "."
    assert list(problems(easy_words=long)) == ["easy_words"]
    assert "16 words" in problems(easy_words=long)["easy_words"]
    assert problems(easy_words=long, publish="no") == {}


def test_words_that_are_too_long_say_how_much_to_take_out():
    assert "12 letters" in problems(words="a" * 3012)["words"]


def test_done_must_say_how_we_know_and_since_when():
    done = {"status": "done", "on_day": "2026-09-01"}
    assert list(problems(**done)) == ["evidence", "evidence_on"]
    assert list(problems(**done | PROOF | {"on_day": ""})) == ["on_day"]
    assert problems(**done, **PROOF) == {}
    assert list(problems(**done, **PROOF | {"evidence_on": "2026-10-03"})) == ["evidence_on"]


@pytest.mark.parametrize("field", ["measure", "measure_before", "measure_after", "measured_on"])
def test_a_difference_is_told_whole_or_not_at_all(field):
    whole = {
        "measure": "Weeks of waiting",
        "measure_before": "30",
        "measure_after": "20",
        "measured_on": "2026-09-01",
    }
    assert problems(**whole) == {}
    assert list(problems(**whole | {field: ""})) == [field]


def test_what_people_can_have_instead_is_said_in_easy_words_too():
    assert list(problems(instead="A drop-in.")) == ["easy_instead"]
    assert list(problems(instead="x", easy_instead="word " * 16 + ".")) == ["easy_instead"]
    assert problems(instead="A drop-in.", easy_instead="You can drop in.") == {}


def test_a_meeting_has_a_name_and_an_agreement_is_one_of_three():
    assert list(problems(board_on="2026-09-01")) == ["board"]
    assert list(problems(checked="perhaps")) == ["checked"]
    kept = read_pledge(TYPED | {"checked": "no", "checked_note": "Not enough."}, TODAY)
    assert isinstance(kept, Pledge)
    assert (kept.checked, kept.checked_note) == ("no", "Not enough.")


def test_the_day_of_the_next_update_is_to_come_and_shows_when_it_has_passed():
    assert list(problems(next_update_on="2026-10-01")) == ["next_update_on"]
    kept = read_pledge(TYPED | {"next_update_on": "2026-10-09"}, TODAY)
    assert isinstance(kept, Pledge)
    assert not kept.update_overdue(date(2026, 10, 9))
    assert kept.update_overdue(date(2026, 10, 10))


def test_only_what_is_being_done_can_be_overdue():
    doing = read_pledge(TYPED, TODAY)
    assert isinstance(doing, Pledge)
    assert not doing.overdue(date(2027, 5, 3))
    assert doing.overdue(date(2027, 5, 4))
    did = read_pledge(TYPED | {"status": "done", "on_day": "2026-01-01"} | PROOF, TODAY)
    assert isinstance(did, Pledge)
    assert not did.overdue(TODAY)
