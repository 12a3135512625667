"""How right the machine is: against planted or hand-given truth, with intervals that respect essays."""

from analysis.evaluate.agreement import cohen_kappa, krippendorff_alpha, stat_agreement
from analysis.evaluate.blogs import stat_blogs
from analysis.evaluate.calibration import calibration_error, stat_coverage, stat_reliability
from analysis.evaluate.caution import agreement_caution
from analysis.evaluate.disagreements import stat_code_confusion, stat_disagreements
from analysis.evaluate.elsewhere import stat_elsewhere
from analysis.evaluate.hardest import stat_hardest_errors
from analysis.evaluate.match import judged_table, match_truth
from analysis.evaluate.scores import ECE_BINS, check_judged, stat_confusion, stat_f1, stat_summary
from analysis.evaluate.themes import stat_purity, stat_theme_topic

__all__ = [
    "ECE_BINS",
    "agreement_caution",
    "calibration_error",
    "check_judged",
    "cohen_kappa",
    "judged_table",
    "krippendorff_alpha",
    "match_truth",
    "stat_agreement",
    "stat_blogs",
    "stat_code_confusion",
    "stat_confusion",
    "stat_coverage",
    "stat_disagreements",
    "stat_elsewhere",
    "stat_f1",
    "stat_hardest_errors",
    "stat_purity",
    "stat_reliability",
    "stat_summary",
    "stat_theme_topic",
]
