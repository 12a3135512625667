"""The shared arithmetic: equal to textbook formulas and to ppi-python, and right over repeated samples."""

import numpy as np
import pandas as pd
import pytest

from analysis.estimate import draw_sample
from analysis.estimate.core import corrected_mean, covariance, lay_out, machine_chances, slope
from analysis.estimate.powered import Problem, tuning


def corpus(n=400, seed=0, families=80):
    """Comments whose truth the machine half knows: a table of labels, and whether each is spam."""
    draw = np.random.default_rng(seed)
    chance = draw.dirichlet([0.4, 1.0, 0.4], n)
    table = pd.DataFrame({"comment_id": np.arange(n), "cluster": draw.integers(families, size=n)})
    table[["agreeing", "extending", "spam"]] = chance
    table["label"] = np.array(["agreeing", "extending", "spam"], dtype=object)[chance.argmax(axis=1)]
    table.loc[chance.max(axis=1) < 0.5, "label"] = None
    return table, (draw.random(n) < chance[:, 2]).astype(float)


def problem(by="simple", n=100, seed=1):
    """A drawn sample of the corpus, coded."""
    labels, truth = corpus()
    drawn = draw_sample(labels.drop(columns="cluster") if by == "stratified" else labels, n, seed, by=by)
    sample = lay_out(labels, drawn)
    f = machine_chances(labels, "spam")
    return Problem(sample, truth[sample.rows], f, np.ones(len(f), dtype=bool))


def test_the_stratified_variance_is_that_of_the_textbook():
    """Cochran 1977, 5.6: the sum of W² (1 - m/N) s² / m."""
    labels, truth = corpus()
    drawn = draw_sample(labels.drop(columns="cluster"), 100, 1)
    made = problem("stratified")
    _, u = corrected_mean(made.sample, made.y, made.f, tune=0)
    by_hand = 0.0
    for _, part in drawn.groupby("stratum"):
        y, size = truth[part["comment_id"]], part["stratum_size"].iloc[0]
        by_hand += (size / 400) ** 2 * (1 - len(y) / size) * y.var(ddof=1) / len(y)
    assert covariance(made.sample, u)[0, 0] == pytest.approx(by_hand, rel=1e-12)


def test_contributions_add_up_for_whatever_is_made_of_them():
    """The variance of a difference is that of the differences: covariances are those of the same formula."""
    made = problem("stratified")
    _, one = corrected_mean(made.sample, made.y, made.f, tune=0)
    _, other = corrected_mean(made.sample, made.f[made.sample.rows], made.f, tune=0)
    both = covariance(made.sample, np.stack([one, other], axis=1))
    assert covariance(made.sample, one - other)[0, 0] == pytest.approx(both[0, 0] + both[1, 1] - 2 * both[0, 1])


@pytest.mark.parametrize("by", ["simple", "stratified", "uncertainty"])
@pytest.mark.parametrize("tune", [0.0, 1.0])
def test_variance_over_repeated_samples_is_what_is_said(by, tune):
    """Within 20 % for every design, spread over clusters or not, and the mean without bias."""
    labels, truth = corpus(families=12)
    f, found = machine_chances(labels, "spam"), []
    for seed in range(500):
        sample = lay_out(labels, draw_sample(labels, 100, seed, by=by))
        mean, u = corrected_mean(sample, truth[sample.rows], f, tune=tune)
        found.append((mean, covariance(sample, u)[0, 0]))
    means, variances = np.array(found).T
    assert variances.mean() == pytest.approx(means.var(), rel=0.2)
    assert abs(means.mean() - truth.mean()) < 4 * means.std() / np.sqrt(500)


@pytest.mark.parametrize("tune", [0.0, 0.6, 1.0])
def test_equal_to_ppi_python_where_the_settings_are_the_same(tune):
    """Simple sample, infinite population, a given tuning: point to 1e-12; variance, but for n - 1, to 1e-12."""
    ppi_py = pytest.importorskip("ppi_py")
    made = problem()
    mean, u = corrected_mean(made.sample, made.y, made.f, tune=tune)
    f = made.f[made.sample.rows]
    point = ppi_py.ppi_mean_pointestimate(made.y, f, made.f, lam=tune)
    assert mean == pytest.approx(float(np.squeeze(point)), abs=1e-12)
    # theirs adds the spread of the machine's mean over the comments, which are given here, and divides by n
    low, high = (float(np.squeeze(x)) for x in ppi_py.ppi_mean_ci(made.y, f, made.f, alpha=0.05, lam=tune))
    theirs = ((high - low) / 2 / 1.959963984540054) ** 2 - (tune * made.f).var() / len(made.f)
    assert covariance(made.sample, u, finite=False)[0, 0] * 99 / 100 == pytest.approx(theirs, rel=1e-9)


def test_power_tuning_is_that_of_ppi_python_in_a_large_population():
    """Theirs divides by the spread among all comments, this by that among the codes: equal to .02 with 8,000 codes."""
    ppi = pytest.importorskip("ppi_py.ppi")
    draw = np.random.default_rng(3)
    chance = draw.beta(0.5, 2, size=400_000)
    rows = np.arange(8000)
    y = (draw.random(8000) < 0.2 + 0.5 * chance[rows]).astype(float)
    grads = [x[:, None] - y.mean() for x in (y, chance[rows], chance)]
    theirs = ppi._calc_lam_glm(*grads, np.eye(1), clip=True)
    assert slope(y, chance[rows], np.ones(8000)) == pytest.approx(theirs, abs=0.02)


def test_the_design_decides_the_tuning():
    """In a simple sample it is the slope; where the strata already use the machine, less is left for it."""
    simple = problem()
    f = simple.f[simple.sample.rows]
    assert tuning(simple) == pytest.approx(slope(simple.y, f, simple.sample.weight))
    strata = problem("stratified")
    assert 0 <= tuning(strata) <= 1


def test_a_group_without_codes_has_no_mean():
    """Nothing is borrowed from the others."""
    made = problem()
    nobody = np.ones(400, dtype=bool)
    nobody[made.sample.rows] = False
    mean, u = corrected_mean(made.sample, made.y, made.f, tune=1, inside=nobody)
    assert np.isnan(mean)
    assert not u.any()
