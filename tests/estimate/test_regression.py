"""Regressions of a label: equal to the peer's, right where machine labels mislead, and refused in words."""

from unittest.mock import patch

import numpy as np
import pandas as pd
import ppi_py.ppi
import pytest
from ppi_py import ppi_logistic_ci, ppi_logistic_pointestimate, ppi_ols_ci, ppi_ols_pointestimate
from scipy.special import expit

from analysis.config import Estimates
from analysis.errors import EstimateError
from analysis.estimate import regression
from analysis.estimate.regression import Regression, regress_label

SETTINGS = Estimates(level=0.95, draws=200, min_codes=40)
SLOPES = np.array([-0.3, 0.8, -0.6])  # log odds: intercept, words, reply


def invent(n, seed, *, families=None):
    """Comments whose label depends on words and reply, and a machine that errs more where there are many words."""
    draw = np.random.default_rng(seed)
    family = draw.integers(families, size=n) if families else np.arange(n)
    covariates = pd.DataFrame({"comment_id": np.arange(n), "words": draw.normal(size=n), "reply": draw.random(n) < 0.4})
    odds = SLOPES[0] + SLOPES[1] * covariates["words"] + SLOPES[2] * covariates["reply"]
    truth = draw.random(n) < expit(odds).to_numpy()
    said = np.where(draw.random(n) < np.where(covariates["words"] > 0, 0.35, 0.1), ~truth, truth)
    chance = np.where(said, draw.uniform(0.6, 0.95, n), draw.uniform(0.05, 0.4, n))
    labels = pd.DataFrame({"comment_id": np.arange(n), "cluster": family, "agreeing": chance, "extending": 1 - chance})
    labels = labels.assign(spam=0.0, label=np.where(said, "agreeing", "extending"))
    return labels, covariates, truth


def draw_codes(truth, n, seed):
    """A simple sample, coded without error."""
    rows = np.random.default_rng(seed).permutation(len(truth))[:n]
    said = np.where(truth[rows], "agreeing", "none")
    return pd.DataFrame({"comment_id": rows, "label": said, "inclusion_probability": n / len(truth)})


def run(n=1000, coded=200, seed=1, **model):
    """One regression of invented comments, corrected rows only."""
    labels, covariates, truth = invent(n, seed)
    codes = draw_codes(truth, coded, seed + 1)
    table = regress_label(labels, covariates, codes, label="agreeing", settings=SETTINGS, model=Regression(**model))
    return table[table["corrected"]].set_index("term")


@pytest.fixture
def peer_not_compiled(monkeypatch):
    """The peer's functions as plain Python: compiling them takes longer than all tests here together."""
    for name, function in list(vars(ppi_py.ppi).items()):
        if hasattr(function, "py_func"):
            monkeypatch.setattr(ppi_py.ppi, name, function.py_func)


@pytest.mark.usefixtures("peer_not_compiled")
@pytest.mark.filterwarnings("ignore:'penalty' was deprecated:FutureWarning")
@pytest.mark.parametrize("pull", [0.0, 0.4, 1.0])
@pytest.mark.parametrize("form", ["linear", "logistic"])
def test_coefficients_equal_the_peer(form, pull):
    """ppi-python solves the same logistic equations; its linear ones weigh terms slightly otherwise except at 0."""
    labels, covariates, truth = invent(1500, 3)
    codes = draw_codes(truth, 300, 4)
    with patch.object(regression, "tune", lambda data, form: pull):
        table = regress_label(
            labels, covariates, codes, label="agreeing", settings=SETTINGS, model=Regression(form=form)
        )
    ours = table[table["corrected"]]
    x = np.column_stack([np.ones(1500), covariates["words"], covariates["reply"]])
    rows, f = codes["comment_id"].to_numpy(), labels["agreeing"].to_numpy()
    point, interval = {
        "linear": (ppi_ols_pointestimate, ppi_ols_ci),
        "logistic": (ppi_logistic_pointestimate, ppi_logistic_ci),
    }[form]
    given = (x[rows], truth[rows].astype(float), f[rows], x, f)
    theirs, (low, high) = point(*given, lam=pull), interval(*given, lam=pull, alpha=0.05)
    close = 0.2 * ours["standard_error"].to_numpy() if form == "linear" and pull else 1e-6
    assert (np.abs(ours["estimate"].to_numpy() - theirs) <= close).all()
    assert (ours["high"] - ours["low"]).to_numpy() == pytest.approx(high - low, rel=0.08)


def test_all_comments_coded_give_plain_least_squares():
    """Worked another way: with every code known the machine is forgotten."""
    labels, covariates, truth = invent(400, 5)
    codes = draw_codes(truth, 400, 6)
    x = np.column_stack([np.ones(400), covariates["words"], covariates["reply"]])
    for method in ("ppi++", "dsl", "hand codes"):
        table = regress_label(
            labels, covariates, codes, label="agreeing", settings=SETTINGS, model=Regression(method=method)
        )
        found = table.loc[table["corrected"], "estimate"].to_numpy()
        assert found == pytest.approx(np.linalg.lstsq(x, truth.astype(float), rcond=None)[0])


def test_the_machine_labels_mislead_and_the_corrected_rows_do_not():
    """The reason for this table: over many draws corrected intervals hold the relation, counted ones do not."""
    held = []
    for seed in range(60):
        labels, covariates, truth = invent(1500, seed, families=300)
        codes = draw_codes(truth, 200, seed)
        table = regress_label(
            labels, covariates, codes, label="agreeing", settings=SETTINGS, model=Regression(form="logistic")
        )
        true = np.tile(SLOPES, 2)
        held.append(((table["low"] <= true) & (true <= table["high"])).to_numpy())
        assert table["method"].tolist() == ["ppi++"] * 3 + ["counted"] * 3
        assert table["corrected"].tolist() == [True] * 3 + [False] * 3
    corrected, counted = np.mean(held, axis=0)[:3], np.mean(held, axis=0)[3:]
    assert corrected.min() >= 0.85
    assert corrected.mean() >= 0.91
    assert counted[1] < 0.3


def test_the_machine_narrows_and_can_be_left_out():
    """ppi++ is narrower than hand codes alone where the machine is any good."""
    tuned, alone = run(method="ppi++"), run(method="hand codes")
    assert (tuned["standard_error"] < alone["standard_error"]).all()
    assert set(alone["method"]) == {"hand codes"}


def test_a_machine_that_knows_nothing_does_no_harm():
    """With one chance for every comment the intervals are about those of hand codes alone."""
    labels, covariates, truth = invent(800, 7)
    labels = labels.assign(agreeing=0.5, extending=0.5)
    codes = draw_codes(truth, 150, 8)
    ours, alone = (
        regress_label(labels, covariates, codes, label="agreeing", settings=SETTINGS, model=Regression(method=method))
        for method in ("ppi++", "hand codes")
    )
    assert (ours["standard_error"] <= alone["standard_error"] * 1.05).all()


def test_strata_are_weighted_and_their_gain_is_counted():
    """Half the codes from a tenth of the comments: weights undo it, and the stratum column narrows the interval."""
    labels, covariates, truth = invent(3000, 9)
    labels.loc[np.arange(0, 3000, 10), "label"] = "spam"
    spam = labels["label"] == "spam"
    truth = truth & ~spam.to_numpy()
    parts = []
    for name, inside in (("a", spam), ("b", ~spam)):
        rows = np.random.default_rng(1).permutation(np.flatnonzero(inside))[:100]
        parts.append(pd.DataFrame({"comment_id": rows, "inclusion_probability": 100 / inside.sum(), "stratum": name,
                                   "stratum_size": int(inside.sum())}))  # fmt: skip
    codes = pd.concat(parts, ignore_index=True)
    codes["label"] = np.where(truth[codes["comment_id"]], "agreeing", "none")
    whole = np.linalg.lstsq(
        np.column_stack([np.ones(3000), covariates["words"], covariates["reply"]]), truth.astype(float), rcond=None
    )[0]
    model = Regression(method="hand codes")
    with_strata = regress_label(labels, covariates, codes, label="agreeing", settings=SETTINGS, model=model)
    without = regress_label(
        labels, covariates, codes.drop(columns=["stratum", "stratum_size"]), label="agreeing", settings=SETTINGS,
        model=model,
    )  # fmt: skip
    ours = with_strata[with_strata["corrected"]]
    assert (np.abs(ours["estimate"] - whole) < 3 * ours["standard_error"]).all()
    assert ours["standard_error"].iloc[0] < without["standard_error"].iloc[0]
    assert ours["estimate"].to_numpy() == pytest.approx(without.loc[without["corrected"], "estimate"].to_numpy())


def test_categories_name_their_reference_and_numbers_their_scale():
    """The commonest category is compared with, unless another is asked for; a unit is a standard deviation if so."""
    labels, covariates, truth = invent(600, 11)
    covariates["topic"] = np.array(["war", "peace", "war", "bread"] * 150)
    codes = draw_codes(truth, 200, 12)
    give = {"label": "agreeing", "settings": SETTINGS}
    plain = regress_label(labels, covariates, codes, **give)
    assert plain["term"].tolist()[:5] == [
        "intercept", "words", "reply", "topic: bread (against war)", "topic: peace (against war)",
    ]  # fmt: skip
    other = regress_label(labels, covariates, codes, **give, model=Regression(references={"topic": "peace"}))
    terms = plain.set_index("term")["estimate"].groupby(level=0).first()
    flipped = other.set_index("term")["estimate"].groupby(level=0).first()
    assert flipped["topic: war (against peace)"] == pytest.approx(-terms["topic: peace (against war)"], abs=0.02)
    scaled = regress_label(labels, covariates, codes, **give, model=Regression(standardise=True))
    name = scaled["term"].iloc[1]
    assert name.startswith("words (per SD, ")
    spread = covariates["words"].std(ddof=0)
    assert scaled["estimate"].iloc[1] == pytest.approx(plain["estimate"].iloc[1] * spread, rel=0.02)


def test_years_cost_no_digits():
    """A year beside a share: the slope is the same as of years since 2000."""
    labels, covariates, truth = invent(600, 13)
    codes = draw_codes(truth, 200, 14)
    since = pd.Series(np.random.default_rng(1).integers(0, 9, 600))
    found = [
        regress_label(
            labels, covariates.assign(year=since + start), codes, label="agreeing", settings=SETTINGS,
            model=Regression(form="logistic"),
        )["estimate"].iloc[3]
        for start in (0, 2000)
    ]  # fmt: skip
    assert found[0] == pytest.approx(found[1], rel=1e-6)


def broken(change):
    """Tables with one thing wrong."""
    labels, covariates, truth = invent(600, 15, families=100)
    codes = draw_codes(truth, 150, 16)
    tables = {"labels": labels, "covariates": covariates, "codes": codes, "label": "agreeing", "model": Regression()}
    return tables | change(tables)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda t: {"covariates": t["covariates"].assign(words=[np.nan] * 3 + [1.0] * 597)}, "missing for 3 of 600"),
        (lambda t: {"covariates": t["covariates"].assign(words=1)}, "'words' is 1 for every comment; leave it out"),
        (lambda t: {"covariates": t["covariates"].assign(twice=lambda c: 2 * c["words"] + 3)},
         "'twice' says the same as those before it"),
        (lambda t: {"covariates": t["covariates"].assign(words=[np.inf] + [1.0, 2.0, 3.0] * 199 + [1.0, 2.0])},
         "infinite for 1 of 600"),
        (lambda t: {"covariates": t["covariates"].assign(author=[f"a{i}" for i in range(600)])},
         "has 600 different texts"),
        (lambda t: {"covariates": t["covariates"].assign(day=pd.Timestamp("2009-01-01"))}, "holds dates"),
        (lambda t: {"covariates": t["covariates"].iloc[5:]}, "5 of 600 comments have no row of covariates"),
        (lambda t: {"covariates": pd.concat([t["covariates"], t["covariates"].head(1)])}, "holds comment '0' twice"),
        (lambda t: {"covariates": t["covariates"].rename(columns={"words": "intercept"})}, "that name is taken"),
        (lambda t: {"covariates": t["covariates"].rename(columns={"words": "reply"})}, "that name is taken"),
        (lambda t: {"covariates": t["covariates"][["comment_id"]]}, "There is no covariate"),
        (lambda t: {"covariates": t["covariates"].drop(columns="comment_id")}, "lacks the column comment_id"),
        (lambda t: {"codes": t["codes"].head(45).assign(inclusion_probability=0.1),
                    "covariates": t["covariates"].assign(year=np.arange(600) % 7, n=np.arange(600) % 11)},
         "45 hand codes are too few for 5 terms.*50 are needed"),
        (lambda t: {"labels": t["labels"].head(0), "codes": t["codes"].head(0)}, "There are no comments"),
        (lambda t: {"codes": t["codes"].assign(label="none")}, "By hand no comment has this label"),
        (lambda t: {"labels": t["labels"].assign(cluster=np.arange(600) % 3)}, "of 3 essay families, too few for 3"),
        (lambda t: {"covariates": t["covariates"].assign(
            topic=np.where(np.isin(np.arange(600), t["codes"]["comment_id"]), "a", "b"))},
         "Among the 150 coded comments the term 'topic: a .against b.' is constant"),
        (lambda t: {"covariates": t["covariates"].assign(first=t["labels"]["cluster"] == 3)},
         "'first' rests on one essay family alone"),
        (lambda t: {"label": "agree"}, "Did you mean 'agreeing'"),
        (lambda t: {"model": Regression(references={"topics": "a"})}, "No covariate is called 'topics'"),
        (lambda t: {"covariates": t["covariates"].assign(topic=["war", "peace"] * 300),
                    "model": Regression(references={"topic": "waar"})}, "Did you mean 'war'"),
        (lambda t: {"model": Regression(references={"words": "a"})}, "is a number and has no reference"),
    ],
)  # fmt: skip
def test_what_cannot_be_regressed_is_refused_in_words(change, sentence):
    """Each sentence counts what is wrong and says what to do."""
    tables = broken(change)
    model = tables.pop("model")
    with pytest.raises(EstimateError, match=sentence):
        regress_label(**tables, settings=SETTINGS, model=model)


def test_separation_is_named():
    """A covariate that decides the label alone has no finite log odds; the linear form goes on."""
    labels, covariates, truth = invent(600, 17)
    covariates["clue"] = truth & (np.arange(600) % 2 == 0)
    codes = draw_codes(truth, 150, 18)
    give = {"label": "agreeing", "settings": SETTINGS}
    with pytest.raises(EstimateError, match=r"no finite answer: 'clue'.*agreeing.*linear form"):
        regress_label(labels, covariates, codes, **give, model=Regression(form="logistic"))
    assert len(regress_label(labels, covariates, codes, **give)) == 8


@pytest.mark.parametrize(("given", "near"), [({"form": "logit"}, "logistic"), ({"method": "ppi"}, "ppi..")])
def test_a_model_is_checked_when_made(given, near):
    """A typo names the choices."""
    with pytest.raises(EstimateError, match=near):
        Regression(**given)


def test_each_term_says_how_many_codes_tell_of_it():
    """A coefficient may rest on a handful of codes although two hundred were made."""
    labels, covariates, truth = invent(1000, 1)
    codes = draw_codes(truth, 200, 2)
    rare = covariates["comment_id"].isin(codes["comment_id"].head(7)) | (np.arange(1000) % 50 == 0)
    table = regress_label(labels, covariates.assign(rare=rare), codes, label="agreeing", settings=SETTINGS)
    told = table[table["corrected"]].set_index("term")["n_telling"]
    assert told["intercept"] == 200
    assert told["words"] == 199
    assert told["rare"] == int(rare[codes["comment_id"]].sum())
    assert told["reply"] == int(covariates["reply"][codes["comment_id"]].sum())
