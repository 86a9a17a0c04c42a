"""Forms of projects: the steps in which one is written."""

from projects.forms.step import STEPS, UNPUBLISHED, Step, StepForm

__all__ = ["STEPS", "UNPUBLISHED", "Step", "StepForm"]
