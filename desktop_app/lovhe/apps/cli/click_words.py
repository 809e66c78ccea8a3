"""Sentences of click's that a user of `lovhe` can meet. click looks them up in our catalogue; a test compares them with click's source."""

from __future__ import annotations

from lovhe.apps.language import key

SENTENCES = (
    key("Missing command."),
    key("Missing argument"),
    key("Missing option"),
    key("No such command {name!r}."),
    key("No such option {name!r}."),
    key("Invalid value for {param_hint}: {message}"),
    key("Invalid value: {message}"),
    key("Option {name!r} does not take a value."),
    key("{value!r} is not a valid {number_type}."),
    key("{value} is not in the range {range}."),
    key("Choose from:\n\t{choices}"),
    key("Show this message and exit."),
)

PLURALS = (
    key("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"),
    key("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."),
    key("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
    key("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"),
)
