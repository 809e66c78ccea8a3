"""Skills in words: the strands of the Digital Skills programme, the competences of DigComp 2.2, the subjects of STEAM."""

from __future__ import annotations

from lovhe.core.messages import N_, Text

STRANDS: dict[str, Text] = {
    "algorithms": N_("Algorithms"),
    "logic": N_("Logic"),
    "projects": N_("Making projects"),
    "programming": N_("Programming"),
}

STEAM: dict[str, Text] = {
    "science": N_("Science"),
    "technology": N_("Technology"),
    "engineering": N_("Engineering"),
    "art": N_("Art"),
    "mathematics": N_("Mathematics"),
}

# Source: Vuorikari, Kluzer, Punie: DigComp 2.2, The Digital Competence Framework for Citizens, Publications Office of the EU, 2022.
DIGCOMP: dict[str, Text] = {
    "1.1": N_("Finding information"),
    "1.2": N_("Judging data and information"),
    "1.3": N_("Managing data and information"),
    "2.1": N_("Interacting with digital tools"),
    "2.2": N_("Sharing with digital tools"),
    "2.3": N_("Taking part in society with digital tools"),
    "2.4": N_("Working together with digital tools"),
    "2.5": N_("Good manners online"),
    "2.6": N_("Looking after one's digital identity"),
    "3.1": N_("Making digital content"),
    "3.2": N_("Reworking digital content"),
    "3.3": N_("Copyright and licences"),
    "3.4": N_("Programming"),
    "4.1": N_("Protecting devices"),
    "4.2": N_("Protecting personal data"),
    "4.3": N_("Protecting health and well-being"),
    "4.4": N_("Protecting the environment"),
    "5.1": N_("Solving technical problems"),
    "5.2": N_("Finding the right tool for a need"),
    "5.3": N_("Being creative with digital technology"),
    "5.4": N_("Finding gaps in one's own skills"),
}
"""By number, in short words of ours for a pupil."""


def skill_word(words: dict[str, Text], name: str) -> Text:
    """A skill in words; one that nobody knows keeps its name."""
    return words.get(name) or N_("Skill {name}", name=name)
