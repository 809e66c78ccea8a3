"""What is kept of a prediction: the answer as it was before the run, the answer now, and what the run showed.

The text's first line is the answer that is handed in next, alone, as `core.lessons.answer_report.chosen` reads it; the rest is for us.
"""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from lovhe.apps.workspace.run_seen import RunSummary
from lovhe.core.decoding import decode_json


class Prediction(msgspec.Struct, frozen=True):
    """`first` is what was said before the run or the first check, `now` what is said now, `run` what the last run showed, None for none.

    `handed` is whether the first answer was handed in.
    """

    first: str = ""
    now: str = ""
    run: RunSummary | None = None
    handed: bool = False

    @property
    def to_hand_in(self) -> str:
        """The answer that is judged next: the first one first."""
        return self.now if self.handed else self.first

    def say(self, choice: str) -> Prediction:
        """Another answer; as long as nothing has shown the right one, it is the first one."""
        fixed = self.first and (self.run is not None or self.handed)
        return msgspec.structs.replace(self, now=choice, first=self.first if fixed else choice)

    def ran(self, summary: RunSummary) -> Prediction:
        """The program has run."""
        return msgspec.structs.replace(self, run=summary)

    def handed_in(self) -> Prediction:
        """The first answer is handed in."""
        return msgspec.structs.replace(self, handed=bool(self.first))


def read_prediction(text: str, choices: Collection[str]) -> Prediction:
    """What is kept in `text`; what nobody can have written there is none."""
    line, _, rest = text.partition("\n")
    answer = line.strip()
    if rest.strip():
        try:
            kept = decode_json(rest.encode(), Prediction)
        except (msgspec.MsgspecError, UnicodeError):
            kept = Prediction(answer, answer)
    else:
        kept = Prediction(answer, answer)
    first, now = (one if one in choices else "" for one in (kept.first, kept.now))
    return msgspec.structs.replace(kept, first=first, now=now)


def prediction_text(prediction: Prediction) -> str:
    """The inverse of `read_prediction`."""
    if prediction == Prediction(prediction.first, prediction.first):
        return prediction.first
    return f"{prediction.to_hand_in}\n{msgspec.json.encode(prediction).decode()}\n"
