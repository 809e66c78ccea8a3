"""How one part is tried by itself: `[test]` in `hardware/parts/<id>.toml`. `core.circuits.part_tests` makes a lesson of it."""

from __future__ import annotations

import msgspec

from lovhe.core.checks.check_steps import Step


class PartTestStep(Step, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """A step as lessons have it, in which the part is called "it", its pins "it.AO", and `set` names its quantities alone.

    The step is left out where one of `pins` has no wire to a GPIO. `delay` may hold an option's name: "{warm_up_s} s".
    """

    pins: list[str] = msgspec.field(default_factory=list)


class PartTest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`program` runs on the board while the steps are gone through; or `skip` says why there is no test, by language.

    The program finds `pin`, `on` and `pull` by the part's pin name (GPIO number, the level that is "on", the pull that holds the
    pin at the other one, or None), `option` by name, `alike`, the number of such parts at the same GPIO, and `Pin`.
    `ask` is what a person is asked to do, by language and "quantity=value"; `look` what is asked about the part, by language and `see`.
    """

    program: str = ""
    step: list[PartTestStep] = []
    ask: dict[str, dict[str, str]] = {}
    look: dict[str, dict[str, str]] = {}
    skip: dict[str, str] = {}
