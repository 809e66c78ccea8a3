"""The forms of the kinds of step, one module each; all are a `StepForm`."""
