"""Framing: where essays lie between two poles, by three instruments that must agree.

``find_axis`` gives an axis, ``measure_framing`` measures it. The first shipped axis asks whether writers speak of doing
things *to* their audience or *with* it.
"""

from analysis.framing.axis import AXES, Axis, Pole, find_axis, read_axes
from analysis.framing.measure import Framing, measure_framing

__all__ = ["AXES", "Axis", "Framing", "Pole", "find_axis", "measure_framing", "read_axes"]
