"""The works a methods paragraph cites, as facts: short form, BibTeX entry and a line for a list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Work:
    """A work that can be cited.

    Attributes
    ----------
    short : str
        Authors and year as in running text.
    kind : str
        Kind of BibTeX entry.
    fields : mapping of str to str
        BibTeX fields, accents in TeX's way; ``author`` names are joined by "and".
    """

    short: str
    kind: str
    fields: Mapping[str, str]

    def bibtex(self, key: str) -> str:
        """The entry, a field a line."""
        body = ",\n".join(f"  {name} = {{{value}}}" for name, value in self.fields.items())
        return f"@{self.kind}{{{key},\n{body}\n}}"


def _work(short: str, kind: str, **fields: str) -> Work:
    return Work(short, kind, MappingProxyType(fields))


_JASA = "Journal of the American Statistical Association"
WORKS: Mapping[str, Work] = MappingProxyType(
    {
        "angelopoulos2023": _work(
            "Angelopoulos, Duchi and Zrnic 2023",
            "misc",
            author="Angelopoulos, Anastasios N. and Duchi, John C. and Zrnic, Tijana",
            title="{PPI++}: Efficient Prediction-Powered Inference",
            year="2023",
            eprint="2311.01453",
            archiveprefix="arXiv",
        ),
        "davison1997": _work(
            "Davison and Hinkley 1997",
            "book",
            author="Davison, Anthony C. and Hinkley, David V.",
            title="Bootstrap Methods and their Application",
            publisher="Cambridge University Press",
            year="1997",
        ),
        "egami2023": _work(
            "Egami, Hinck, Stewart and Wei 2023",
            "inproceedings",
            author="Egami, Naoki and Hinck, Musashi and Stewart, Brandon M. and Wei, Hanying",
            title="Using Imperfect Surrogates for Downstream Inference: Design-based Supervised Learning for Social "
            "Science Applications of Large Language Models",
            booktitle="Advances in Neural Information Processing Systems",
            volume="36",
            year="2023",
            note="arXiv:2306.04746",
        ),
        "greene2014": _work(
            "Greene, O’Callaghan and Cunningham 2014",
            "inproceedings",
            author="Greene, Derek and O'Callaghan, Derek and Cunningham, P{\\'a}draig",
            title="How Many Topics? {Stability} Analysis for Topic Models",
            booktitle="Machine Learning and Knowledge Discovery in Databases",
            pages="498--513",
            year="2014",
        ),
        "hajek1971": _work(
            "Hájek 1971",
            "incollection",
            author=r"H{\'a}jek, Jaroslav",
            title="Comment on {\\em An Essay on the Logical Foundations of Survey Sampling} by {D. Basu}",
            booktitle="Foundations of Statistical Inference",
            editor="Godambe, V. P. and Sprott, D. A.",
            publisher="Holt, Rinehart and Winston",
            pages="236",
            year="1971",
        ),
        "hoffman2010": _work(
            "Hoffman, Blei and Bach 2010",
            "inproceedings",
            author="Hoffman, Matthew D. and Blei, David M. and Bach, Francis",
            title="Online Learning for Latent {Dirichlet} Allocation",
            booktitle="Advances in Neural Information Processing Systems",
            volume="23",
            pages="856--864",
            year="2010",
        ),
        "krippendorff2004": _work(
            "Krippendorff 2004",
            "book",
            author="Krippendorff, Klaus",
            title="Content Analysis: An Introduction to Its Methodology",
            edition="2",
            publisher="Sage",
            year="2004",
        ),
        "krippendorff2011": _work(
            "Krippendorff 2011",
            "misc",
            author="Krippendorff, Klaus",
            title="Computing {Krippendorff's} Alpha-Reliability",
            howpublished="Annenberg School for Communication, University of Pennsylvania",
            year="2011",
        ),
        "lee1999": _work(
            "Lee and Seung 1999",
            "article",
            author="Lee, Daniel D. and Seung, H. Sebastian",
            title="Learning the Parts of Objects by Non-negative Matrix Factorization",
            journal="Nature",
            volume="401",
            pages="788--791",
            year="1999",
        ),
        "nigam2000": _work(
            "Nigam, McCallum, Thrun and Mitchell 2000",
            "article",
            author="Nigam, Kamal and McCallum, Andrew Kachites and Thrun, Sebastian and Mitchell, Tom",
            title="Text Classification from Labeled and Unlabeled Documents using {EM}",
            journal="Machine Learning",
            volume="39",
            pages="103--134",
            year="2000",
        ),
        "rogan1978": _work(
            "Rogan and Gladen 1978",
            "article",
            author="Rogan, Walter J. and Gladen, Beth",
            title="Estimating Prevalence from the Results of a Screening Test",
            journal="American Journal of Epidemiology",
            volume="107",
            number="1",
            pages="71--76",
            year="1978",
        ),
        "rubin1981": _work(
            "Rubin 1981",
            "article",
            author="Rubin, Donald B.",
            title="The {Bayesian} Bootstrap",
            journal="The Annals of Statistics",
            volume="9",
            number="1",
            pages="130--134",
            year="1981",
        ),
        "tenenbein1970": _work(
            "Tenenbein 1970",
            "article",
            author="Tenenbein, Aaron",
            title="A Double Sampling Scheme for Estimating from Binomial Data with Misclassifications",
            journal=_JASA,
            volume="65",
            number="331",
            pages="1350--1361",
            year="1970",
        ),
        "wilson1927": _work(
            "Wilson 1927",
            "article",
            author="Wilson, Edwin B.",
            title="Probable Inference, the Law of Succession, and Statistical Inference",
            journal=_JASA,
            volume="22",
            number="158",
            pages="209--212",
            year="1927",
        ),
    }
)


def bibtex_of(keys: Iterable[str]) -> str:
    """BibTeX entries of these works, sorted by key, each once."""
    return "\n\n".join(WORKS[key].bibtex(key) for key in sorted(set(keys))) + "\n"
