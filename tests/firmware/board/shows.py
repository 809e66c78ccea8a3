"""A program that reports without being traced."""

import sys

sys.path.insert(0, "../../../firmware/lib")
from lovhe.report import show

show(temperature=23.5, humidity=51)
