"""Shares of comments corrected for the labeller's errors, with intervals; and the samples to code by hand for it."""

from analysis.estimate.coder_error import coder_error
from analysis.estimate.codes import passed_over, take_codes
from analysis.estimate.intervals import resample_clusters, wilson_interval
from analysis.estimate.sample import DESIGNS, draw_sample
from analysis.estimate.shares import Estimate, estimate_share, estimate_share_beyond, estimate_shares

__all__ = [
    "DESIGNS",
    "Estimate",
    "coder_error",
    "draw_sample",
    "estimate_share",
    "estimate_share_beyond",
    "estimate_shares",
    "passed_over",
    "resample_clusters",
    "take_codes",
    "wilson_interval",
]
