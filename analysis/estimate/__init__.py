"""Shares of comments, their differences and what they depend on, corrected for the labeller's errors, with intervals.

And the samples to code by hand for it, and how large they must be.
"""

from analysis.estimate.coder_error import coder_error
from analysis.estimate.codes import passed_over, take_codes
from analysis.estimate.contrasted import Contrast
from analysis.estimate.contrasts import compare_groups, estimate_difference, estimate_ratio
from analysis.estimate.intervals import resample_clusters, wilson_interval
from analysis.estimate.power import Power, power, power_table
from analysis.estimate.regression import Regression, regress_label
from analysis.estimate.sample import DESIGNS, draw_sample
from analysis.estimate.shares import Estimate, estimate_share, estimate_share_beyond, estimate_shares

__all__ = [
    "DESIGNS",
    "Contrast",
    "Estimate",
    "Power",
    "Regression",
    "coder_error",
    "compare_groups",
    "draw_sample",
    "estimate_difference",
    "estimate_ratio",
    "estimate_share",
    "estimate_share_beyond",
    "estimate_shares",
    "passed_over",
    "power",
    "power_table",
    "regress_label",
    "resample_clusters",
    "take_codes",
    "wilson_interval",
]
