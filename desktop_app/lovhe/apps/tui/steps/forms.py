"""Which form a kind of step has."""

from __future__ import annotations

from lovhe.apps.tui.steps.fill import FillForm
from lovhe.apps.tui.steps.measure import MeasureForm
from lovhe.apps.tui.steps.order import OrderForm
from lovhe.apps.tui.steps.predict import PredictForm
from lovhe.apps.tui.steps.program import ProgramForm
from lovhe.apps.tui.steps.read import ReadForm
from lovhe.apps.tui.steps.step_form import StepForm
from lovhe.apps.tui.steps.wire import WireForm
from lovhe.core.lessons.answers import gap_fillings
from lovhe.core.lessons.lesson import Lesson
from lovhe.core.lessons.steps import LessonStep

_FORMS: dict[str, type[StepForm]] = {
    "read": ReadForm,
    "wire": WireForm,
    "predict": PredictForm,
    "order": OrderForm,
    "fill": FillForm,
    "measure": MeasureForm,
}


def form_for(lesson: Lesson, step: LessonStep | None, text: str) -> StepForm:
    """The form for `step`, with what was typed there last; a lesson without steps is one program.

    Where gaps are to be filled, and a program was changed elsewhere, too (in the pupil's own editor), it is shown as a whole.
    """
    kind = step.kind if step is not None else "make"
    if step is not None and kind == "fill" and gap_fillings(lesson, step, text) is None:
        kind = "change"
    return _FORMS.get(kind, ProgramForm)(lesson, step, text)
