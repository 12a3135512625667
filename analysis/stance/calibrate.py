"""Make probabilities honest: what scores are divided by, and what is added to each class."""

from __future__ import annotations

import math

import numpy as np

BIAS_PENALTY = 0.001  # on the square of what is added to a class; holds the common shift at nought


def fit_calibration(scores: np.ndarray, answers: np.ndarray) -> tuple[float, np.ndarray]:
    """Divisor of the scores and what is added to each class, that together make the answers likeliest.

    Bias-corrected temperature scaling (Guo et al. 2017; Alexandari, Kundaje & Shrikumar 2020): minimises the mean of
    -ln p(answer) with p = softmax(scores / divisor + bias), and a small penalty on the bias.

    Parameters
    ----------
    scores : array, shape (comments, classes)
        Of comments the model was not trained on.
    answers : array of int, shape (comments,)

    Returns
    -------
    divisor : float
        From 1/4 to 4, to three decimals.
    bias : array, shape (classes,)
        To three decimals.
    """
    from scipy.optimize import minimize

    rows = np.arange(len(answers))

    def loss(p: np.ndarray) -> float:
        top = scores * np.exp(p[0]) + p[1:]
        top = top - top.max(axis=1, keepdims=True)
        return float(np.mean(np.log(np.exp(top).sum(axis=1)) - top[rows, answers]) + BIAS_PENALTY * p[1:] @ p[1:])

    start = np.zeros(1 + scores.shape[1])
    bounds = [(-math.log(4), math.log(4)), *[(-3.0, 3.0)] * scores.shape[1]]
    found = minimize(loss, start, method="L-BFGS-B", bounds=bounds).x
    return round(float(np.exp(-found[0])), 3), np.round(found[1:], 3)
