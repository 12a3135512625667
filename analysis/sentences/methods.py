"""The methods paragraphs of a paper, every number filled in, as Markdown and as LaTeX with the works they cite.

What was not done is said as plainly as what was. Nothing is computed here: the facts come from the run.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from analysis.errors import EstimateError, one_of
from analysis.sentences.method_facts import Alpha, ErrorRange, MethodFacts
from analysis.sentences.methods_topics import topics_paragraph
from analysis.sentences.references import WORKS, bibtex_of
from analysis.sentences.typesetting import Typesetter, latex, markdown
from analysis.sentences.wording import known, paragraph, unsettled


@dataclass(frozen=True)
class Methods:
    """The paragraphs, ready for a paper.

    Attributes
    ----------
    markdown, latex : str
        The same sentences; paragraphs are separated by an empty line. The LaTeX uses ``\\citep`` of natbib.
    bibtex : str
        An entry for every work cited.
    """

    markdown: str
    latex: str
    bibtex: str


def methods_paragraph(facts: MethodFacts) -> Methods:
    """Write the methods paragraphs of a paper from what is known of a run.

    Parameters
    ----------
    facts : MethodFacts

    Returns
    -------
    Methods

    Raises
    ------
    EstimateError
        For an estimator or a design that nobody knows.

    Notes
    -----
    The paragraphs say how shares were come by, not what they are, and not whether the codebook asks a good question.
    Change the wording to your own; keep the numbers, and keep what was not done.
    """
    plain, tex = markdown(), latex()
    _check(facts)
    texts = ["\n\n".join(part for part in (write(facts, s) for write in _PARTS) if part) for s in (plain, tex)]
    listed = ["- " + _listed(key) for key in sorted(plain.cited)]
    return Methods("\n\n".join([texts[0], "\n".join(listed)]).rstrip() + "\n", texts[1] + "\n", bibtex_of(tex.cited))


def _check(f: MethodFacts) -> None:
    for what, found, allowed in (
        ("estimator", f.estimator, ("counted", *_ESTIMATORS)),
        ("sampling design", f.design, (None, "stratified", *_DESIGNS)),
    ):
        if found not in allowed:
            raise EstimateError(one_of(what, str(found), [a for a in allowed if a is not None]))


def _listed(key: str) -> str:
    """A work as a line of a list, TeX's marks taken out."""
    f = WORKS[key].fields
    where = f.get("journal") or f.get("booktitle") or f.get("publisher") or f.get("howpublished")
    title = f["title"].replace("{\\em ", "*").replace("} by", "* by").translate(str.maketrans("", "", "{}"))
    number = f" {f['volume']}" if "volume" in f else ""
    pages = f", {f['pages'].replace('--', '–')}" if "pages" in f else ""
    eprint = f"arXiv:{f['eprint']}" if "eprint" in f else ""
    return f"{WORKS[key].short}. {title}. {where or eprint}{number}{pages}."


def _of(s: Typesetter, n: int, one: str, many: str | None = None) -> str:
    """A number with its noun."""
    return f"{s.whole(n)} {one if n == 1 else many or one + 's'}"


def _listing(items: list[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"


def _material(f: MethodFacts, s: Typesetter) -> str:
    corpus = (
        f"The corpus {s.words(f.corpus)} (state {s.words(f.corpus_hash)}) holds {_of(s, f.population, 'comment')} by "
        f"readers under {_of(s, f.clusters, 'essay')}, versions of one essay counted once."
    )
    made = (
        f"All figures were made with Below the Line {s.words(f.package_version)} (code {s.words(f.code_version)}) and "
        "speak of these comments, not of comments elsewhere."
    )
    return paragraph(corpus, _by_hand_pages(f, s), _classifier(f, s), made)


def _by_hand_pages(f: MethodFacts, s: Typesetter) -> str | None:
    done = [f"{s.whole(n)} {what}" for what, n in f.by_hand if n]
    return f"Its pages were split into essay and comments by machine; by hand, {_listing(done)}." if done else None


def _classifier(f: MethodFacts, s: Typesetter) -> str:
    if f.classifier is None:
        return "No classifier was used."
    promise = ""
    if f.target_accuracy is not None:
        promise = (
            ", and none where the accuracy of the labels given would fall below "
            f"{s.percent(f.target_accuracy)} in cross-validation"
        )
    left = "It left no comment without a label."
    if f.unlabelled:
        stay = "it stays" if f.unlabelled == 1 else "these stay"
        part = s.percent(f.unlabelled / f.population)
        left = f"It left {_of(s, f.unlabelled, 'comment')} ({part}) without a label; {stay} in every denominator."
    named = f"The classifier {s.words(f.classifier)} gave each comment one of the labels agreeing, extending and spam"
    return f"{named}{promise}. {left}"


_DESIGNS = MappingProxyType(
    {
        "simple": "each with the same chance",
        "uncertainty": "with chances known and greater where the classifier was less sure",
    }
)


def _coding(f: MethodFacts, s: Typesetter) -> str:
    unused = "The codes are not used here, so no share rests on them." if f.refused else None
    if not f.coded and unused:
        return f"Some comments were coded by hand. {unused}"
    if not f.coded:
        drawn = f"{_of(s, f.drawn, 'comment')} drawn for coding by hand" if f.drawn else ""
        return f"Of {drawn} none has been coded." if drawn else "No comment was coded by hand."
    return paragraph(_lot(f, s), _coders(f, s), _agreement(f, s), _settled(f, s), unused)


def _lot(f: MethodFacts, s: Typesetter) -> str:
    if f.design is None:
        return "The comments to be coded by hand were not drawn by lot, so no share rests on them."
    how = _DESIGNS.get(f.design, f"stratified {s.words(f.strata)}")
    seed = "" if f.seed is None else f" (seed {s.plain(f.seed)})"
    verb = "was" if f.drawn == 1 else "were"
    return f"For coding by hand {_of(s, f.drawn, 'comment')} {verb} drawn by lot without replacement, {how}{seed}."


def _coders(f: MethodFacts, s: Typesetter) -> str:
    book = "" if f.codebook_version is None else f" by codebook {s.words(f.codebook_version)}"
    done = _of(s, f.coded, "comment")
    if f.design is not None:
        done = f"{'all ' if 1 < f.coded == f.drawn else ''}{s.whole(f.coded)} of them"
    note = f" {s.words(f.coder_note)}" if f.coder_note else ""
    hidden = _hidden(f)
    who, each = ("One coder", "") if f.coders == 1 else (f"Together {s.whole(f.coders)} coders", "each ")
    unseen = f", {each}without seeing {hidden}" if hidden and f.on_trust < f.given else ""
    return paragraph(f"{who} coded {done}{book}{unseen}.{note}", _trusted(f, s, hidden))


def _hidden(f: MethodFacts) -> str | None:
    """What coders did not see."""
    kept = ("the label of the classifier" if f.classifier else "", "the codes of the others" if f.coders > 1 else "")
    return " or ".join(k for k in kept if k) or None if f.blind else None


def _trusted(f: MethodFacts, s: Typesetter, hidden: str | None) -> str | None:
    """Of codes that did not come from the pane: what of their making nobody recorded."""
    said = [f"without seeing {hidden}" if hidden else "", "in the order drawn" if f.design else ""]
    if not f.on_trust or not any(said):
        return None
    which = "The codes were" if f.on_trust >= f.given else f"Of {_of(s, f.given, 'code')} {s.whole(f.on_trust)} were"
    return (
        f"{which} not given in the coding pane: that they were given "
        f"{' and '.join(p for p in said if p)} is taken on trust."
    )


def _agreement(f: MethodFacts, s: Typesetter) -> str:
    if not f.double_coded:
        return "No comment was coded twice, so agreement cannot be given."
    twice = f"Two coders or more coded {s.whole(f.double_coded)} of these comments"
    whole = next((a for a in f.alphas if a.label == "all" and known(a.alpha)), None)
    if whole is None:
        return f"{twice}; agreement beyond chance is not defined for them."
    each = [f"{s.words(a.label)} {s.decimal(a.alpha)}{_interval(a, s)}" for a in f.alphas if a is not whole]
    single = f"Each label against the rest: {_listing(each)}." if each else None
    draws = f"{s.whole(f.draws)} bootstrap draws over essays" if f.draws else "a bootstrap over essays"
    caution = None
    if f.caution:
        caution = f"{s.words(f.caution.rstrip('.'))}{s.works('krippendorff2004')}."
    return paragraph(
        f"{twice}: Krippendorff's alpha{s.works('krippendorff2011')} is {s.decimal(whole.alpha)}{_interval(whole, s)}, "
        f"with {s.percent(f.level)} intervals in brackets, from {draws}{s.works('davison1997')}.",
        single,
        caution,
    )


def _interval(a: Alpha, s: Typesetter) -> str:
    if a.low is None or a.high is None or not (known(a.low) and known(a.high)):
        return ""
    return f" ({s.decimal(a.low)} to {s.decimal(a.high)})"


def _settled(f: MethodFacts, s: Typesetter) -> str | None:
    if not f.double_coded:
        return None
    done = "No disagreement was settled in a further reading."
    if f.adjudicated:
        verb = "was" if f.adjudicated == 1 else "were"
        done = f"In a further reading {_of(s, f.adjudicated, 'comment')} {verb} settled, kept apart from the codes."
    return paragraph(done, unsettled(_of(s, f.unsettled, "comment")) if f.unsettled else None)


def _estimation(f: MethodFacts, s: Typesetter) -> str:
    level = s.percent(f.level)
    if f.estimator == "counted" and f.classifier is None:
        return "No share is estimated."
    if f.estimator == "counted":
        draws = f" ({s.whole(f.draws)} bootstrap draws over essays{s.works('davison1997')})" if f.draws else ""
        return (
            "Shares are counts of the labels of the classifier and are not corrected for its errors: their "
            f"{level} intervals{draws}, in Wilson's form{s.works('wilson1927')}, hold the accident of which essays are "
            "here, not those errors."
        )
    return paragraph(
        _ESTIMATORS[f.estimator](_of(s, f.used, "hand code"), s),
        _unhelped(f, s),
        f"Intervals are nominal {level} intervals from the mean residual under Dirichlet weights"
        f"{s.works('rubin1981')}, with about one code added to each cell of the sample for kinds of comment "
        "nobody met, and with a correction "
        "for the finite number of comments; each stands alone, with no allowance for how many there are.",
    )


def _unhelped(f: MethodFacts, s: Typesetter) -> str | None:
    """The labels whose share was come by otherwise."""
    if not f.unhelped:
        return None
    share = "the share" if len(f.unhelped) == 1 else "the shares"
    rest = "rests" if len(f.unhelped) == 1 else "rest"
    return (
        f"Of {_listing([s.words(label) for label in f.unhelped])} the classifier told nothing that the hand codes did "
        f"not: there {share} {rest} on the hand codes alone, weighted likewise{s.works('hajek1971')}."
    )


def _by_hand(codes: str, s: Typesetter) -> str:
    return f"Shares rest on {codes} alone, weighted by one over the chance of having been drawn{s.works('hajek1971')}."


def _by_difference(codes: str, s: Typesetter) -> str:
    return (
        f"Shares were estimated from {codes} and the probabilities of the classifier for all comments: these, less the "
        "error they make where hand codes are known, weighted by one over the chance of having been drawn"
        f"{s.works('egami2023')}. They are right on average however wrong the classifier is."
    )


def _powered(codes: str, s: Typesetter) -> str:
    return (
        f"Shares were estimated from {codes} and the probabilities of the classifier for all comments, these trusted "
        f"as far as the hand codes bear them out{s.works('angelopoulos2023')} and the codes weighted by one over the "
        f"chance of having been drawn{s.works('egami2023')}. They are right on average however wrong the classifier is."
    )


_ESTIMATORS = MappingProxyType({"hand codes": _by_hand, "dsl": _by_difference, "ppi++": _powered})


def _errors(f: MethodFacts, s: Typesetter) -> str:
    if f.estimator == "counted":
        return ""
    if not f.errors:
        why = "for want of comments coded twice" if not f.double_coded else "here"
        return f"Hand codes are taken for the truth; what the errors of the coders may do was not assessed {why}."
    each = [_range(e, s) for e in f.errors]
    third = ""
    if any(e.settled is not None for e in f.errors):
        third = f" The further reading was taken for the truth{s.works('tenenbein1970')}."
    return (
        "Intervals take hand codes for the truth. Were the disagreements of the coders all false alarms, or all "
        f"misses, corrected for their sensitivity and specificity{s.works('rogan1978')}, the shares would run so: "
        f"{'; '.join(each)}.{third} This supposes that coders err independently; errors they share do not show."
    )


def _range(e: ErrorRange, s: Typesetter) -> str:
    further = "" if e.settled is None else f", and {s.percent(e.settled)} by the further reading"
    return f"{s.words(e.label)} {s.percent(e.coded)} as coded, {s.percent(e.least)} to {s.percent(e.most)}{further}"


_PARTS = (_material, lambda facts, s: topics_paragraph(facts.topics, s), _coding, _estimation, _errors)
