"""The words for a probability, as the Intergovernmental Panel on Climate Change calibrates them.

Mastrandrea et al. (2010), Guidance note for lead authors of the IPCC fifth assessment report on
consistent treatment of uncertainties, table 1. Its ranges overlap ("likely" is 66-100 %); here
each word is used for its own part: very likely above 90 %, likely above 66 %, and so on down.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forecast.arrays import FloatArray, IntArray
from forecast.errors import ForecastError


@dataclass(frozen=True)
class Likelihood:
    """One word of the scale.

    Parameters
    ----------
    key : str
        The word as a key, for text files and code.
    above : float
        The word holds for probabilities above this proportion, up to the next word's.
    en, zh : str
        The word in English and in Chinese.
    """

    key: str
    above: float
    en: str
    zh: str

    def word(self, lang: str) -> str:
        """Word in *lang* (``en`` or ``zh``)."""
        return self.zh if lang == "zh" else self.en


LIKELIHOODS = (
    Likelihood("virtually_certain", 0.99, "virtually certain", "几乎确定"),
    Likelihood("very_likely", 0.90, "very likely", "很可能"),
    Likelihood("likely", 0.66, "likely", "可能"),
    Likelihood("about_as_likely_as_not", 0.33, "about as likely as not", "或然"),
    Likelihood("unlikely", 0.10, "unlikely", "不太可能"),
    Likelihood("very_unlikely", 0.01, "very unlikely", "很不可能"),
    Likelihood("exceptionally_unlikely", 0.0, "exceptionally unlikely", "几乎不可能"),
)
# The table's middle word includes both of its ends (33-66 %); its low words exclude their upper ones.
_INCLUDES_ITS_EDGE = ("about_as_likely_as_not", "unlikely", "very_unlikely", "exceptionally_unlikely")


def likelihood(probability: float) -> Likelihood:
    """Word for a probability.

    Parameters
    ----------
    probability : float
        A proportion from 0 to 1.

    Raises
    ------
    ForecastError
        If it is not one; 70 % is written 0.7.

    Examples
    --------
    >>> likelihood(0.7).en, likelihood(0.02).zh, likelihood(0.33).en
    ('likely', '很不可能', 'about as likely as not')
    """
    if not 0 <= probability <= 1:
        raise ForecastError(f"likelihood: a probability is a proportion from 0 to 1; got {probability!r}.")
    return LIKELIHOODS[int(likelihood_positions(np.array([probability]))[0])]


def likelihood_positions(probability: FloatArray) -> IntArray:
    """Words for many probabilities, as positions in ``LIKELIHOODS``; -1 for NaN."""
    cases = [np.isnan(probability)]
    for word in LIKELIHOODS:
        edge = word.key in _INCLUDES_ITS_EDGE
        cases.append(probability >= word.above if edge else probability > word.above)
    return np.select(cases, [-1, *range(len(LIKELIHOODS))], -1)
