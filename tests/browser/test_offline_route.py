"""The way through a survey in script is the way through it in Python, for every shipped survey."""

import random

import pytest
import pytest_asyncio
from msgspec import json, structs

from tests import given
from voice.answering import journey
from voice.answering.receiving import read_answer
from voice.answering.steps import step_of
from voice.answering.store import Response
from voice.answering.visit import Visit
from voice.settings import shipped_home
from voice.signing.videos import Videos
from voice.surveys.catalogue import Catalogue
from voice.surveys.questions import AnswerProblem, ChooseMany, ChooseOne, Comment, Scale
from voice.web.templates import STATIC

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]
CATALOGUE = Catalogue.read(shipped_home() / "surveys")
EVERY = sorted(CATALOGUE.worded) + [(survey.id, "") for survey in CATALOGUE.surveys]
FORMS = 150
WORDS = ["", "  ", "more breaks", "a\r\nb", "🙂" * 2000, "🙂" * 2001, "x" * 2500, "<b>&"]
THROUGH = """([steps, forms]) => forms.map((answers) => {
    const kept = {};
    const problems = [];
    for (const [id, form] of answers) {
        const step = steps.find((one) => one.id === id);
        const answer = readAnswer(step, form);
        if (answer === undefined) problems.push(id);
        else if (answer) kept[id] = answer;
    }
    const shown = stepsFor(steps, kept).map((step) => step.id);
    return {
        kept, problems, shown,
        first: firstUnanswered(steps, kept)?.id ?? null,
        after: shown.map((id) => neighbour(steps, kept, id, 1)?.id ?? null),
        before: shown.map((id) => neighbour(steps, kept, id, -1)?.id ?? null),
        changed: shown.map((id) => firstUnanswered(steps, kept, id)?.id ?? null),
    };
})"""


@pytest_asyncio.fixture(loop_scope="session")
async def script(chromium):
    context = await chromium.new_context()
    page = await context.new_page()
    await page.goto("about:blank")
    await page.add_script_tag(
        content=(STATIC / "offline/route.js").read_text(encoding="utf-8").replace("const ", "var ")
    )
    yield page
    await context.close()


def any_form(page, chance):
    fields = {}
    if isinstance(page, ChooseOne | ChooseMany):
        offered = [option.value for option in page.options]
        most = 3 if isinstance(page, ChooseMany) else 2
        fields[page.id] = chance.sample(offered, chance.choice([0, 1, 1, 1, most - 1]))
        if chance.random() < 0.05:
            fields[page.id] = ["no_such_answer"]
    elif isinstance(page, Scale):
        fields[page.id] = [chance.choice(["0", "7", "10", "dont_know", "11"])]
    elif isinstance(page, Comment):
        fields[page.id] = [chance.choice(WORDS)]
    fields["go"] = [chance.choice(["next", "next", "next", "skip", "stop"])]
    if chance.random() < 0.2:
        fields["adult-saw"] = ["yes"]
    return fields


def in_python(survey, answers):
    blank = Response(None, survey.id, "", False, 0, False, False)  # type: ignore[arg-type]  # Not asked.
    visit = Visit(survey, blank, {}, Videos({}, {}), given.VAULT)
    kept, problems = {}, []
    for page_id, form in answers:
        page = survey.page(page_id)
        try:
            answer = read_answer(visit, page, form)
        except AnswerProblem:
            problems.append(page_id)
            continue
        if answer:
            kept[page_id] = answer
    shown = [page.id for page in journey.pages_for(survey, kept)]
    name = lambda page: page.id if page else None  # noqa: E731  One word for four lines.
    return {
        "kept": {page_id: structs.asdict(answer) for page_id, answer in kept.items()},
        "problems": problems,
        "shown": shown,
        "first": name(journey.first_unanswered(survey, kept)),
        "after": [name(journey.page_after(survey, kept, page)) for page in shown],
        "before": [name(journey.page_before(survey, kept, page)) for page in shown],
        "changed": [name(journey.first_unanswered(survey, kept, page)) for page in shown],
    }


@pytest.mark.parametrize(("survey_id", "wording"), EVERY)
async def test_script_and_python_read_and_route_alike(script, survey_id, wording):
    survey = CATALOGUE.find(survey_id, wording)
    chance = random.Random(f"{survey_id} {wording}")
    forms = []
    for _ in range(FORMS):
        pages = [page for page in survey.pages if chance.random() < 0.8]
        answers = [[page.id, any_form(page, chance)] for page in pages]
        if not survey.adult_beside:
            for _, form in answers:
                form.pop("adult-saw", None)
        forms.append(answers)
    steps = json.decode(json.encode([step_of(page) for page in survey.pages], enc_hook=str))
    found = await script.evaluate(THROUGH, [steps, forms])
    for answers, one in zip(forms, found, strict=True):
        assert one == in_python(survey, answers)
    assert any(one["problems"] for one in found)
    assert len({str(one["shown"]) for one in found}) > 1 or not any(p.when for p in survey.pages)
