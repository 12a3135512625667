"""Shares of comments corrected for the labeller's errors, with intervals; and the samples to code by hand for it."""

from analysis.estimate.intervals import resample_clusters, wilson_interval
from analysis.estimate.sample import draw_sample
from analysis.estimate.shares import Estimate, estimate_share, estimate_shares

__all__ = ["Estimate", "draw_sample", "estimate_share", "estimate_shares", "resample_clusters", "wilson_interval"]
