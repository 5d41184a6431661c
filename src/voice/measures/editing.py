"""What the forms of measures offer, and what stands in them."""

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct

from voice.measures.asked import Measurable, measurable
from voice.measures.measure import ACTUAL_FIELDS, FIELDS, STEPS, Asking, Measure, Planned
from voice.staff.people import Person
from voice.surveys.catalogue import Catalogue
from voice.surveys.framework import Framework
from voice.web.forms import Form, numbers, one
from voice.web.templates import day

OUTSIDE = "outside"
ABOUT_ANSWERING = ("helped", "helped_by", "may_quote")
"""Questions about how somebody answered, not about what is to get better."""
NEW = {"better": "higher", "publish": "no"}


class Typed(Struct, frozen=True):
    """What stands in a form, and what is wrong with it; `ticked` are the boxes that are ticked."""

    said: Mapping[str, str]
    problems: Mapping[str, str] = {}
    ticked: Sequence[str] = ()


def questions_for(
    person: Person, catalogue: Catalogue, about_people: Sequence[str]
) -> list[Measurable]:
    """Return the closed questions of the surveys that this person may see."""
    mine = [survey for survey in catalogue.surveys if person.may_see([survey.id])]
    return measurable(mine, {*about_people, *ABOUT_ANSWERING})


def areas_to_choose(frameworks: Sequence[Framework], today: date) -> dict[str, dict[str, str]]:
    """Return the areas that hold today: {framework: {“framework/area”: name}}."""
    return {
        framework.name: {f"{framework.id}/{area.id}": area.name for area in framework.areas}
        for framework in frameworks
        if framework.holds_on(today)
    }


def typed_in(form: Form) -> dict[str, str]:
    """Return the fields of a measure as they were typed."""
    return {name: one(form, name) for name in FIELDS}


def typed_figure(form: Form) -> dict[str, str]:
    """Return the fields of a figure as they were typed."""
    return {name: one(form, name) for name in ACTUAL_FIELDS}


def as_typed(kept: Measure) -> dict[str, str]:
    """Return what stands in the form for a kept measure."""
    names = ("name", "easy_name", "better", "unit", "source")
    fields = dict.fromkeys(FIELDS, "") | {name: str(getattr(kept, name)) for name in names}
    fields |= _pair("baseline", kept.baseline) | _pair("target", kept.target)
    for name, step in zip(STEPS, kept.milestones, strict=False):
        fields |= _pair(name, step)
    area = f"{kept.framework_id}/{kept.area_id}"
    return fields | {"area": area, "publish": "yes" if kept.published else "no"}


def ticked(form: Form) -> list[str]:
    """Return the boxes that are ticked: options, and pledges by their names."""
    return [*form.get("option", []), *(f"pledge-{n}" for n in numbers(form, "pledge"))]


def chosen(form: Form, question: Measurable | None) -> Asking | None:
    """Return what a form counts: the options of its question that are ticked; None if none is."""
    if question is None:
        return None
    known = [choice.value for choice in question.choices]
    options = tuple(option for option in known if option in form.get("option", []))
    return Asking(question.survey_id, question.question_id, options) if options else None


def _pair(name: str, planned: Planned | None) -> dict[str, str]:
    if planned is None:
        return {name: "", f"{name}_on": ""}
    return {name: f"{planned.value.normalize():f}", f"{name}_on": day(planned.on)}
