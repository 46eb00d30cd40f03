"""Where the official methods agree, with each other and with a probability."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from forecast.distribution.likelihood_scale import likelihood
from forecast.rules import china, destatis, statcan, unsd
from forecast.rules.base import Verdict

# The classes that say: going on like this, the target is met. Only where there is a target.
_EXPECT_SUCCESS = {
    ("statcan", statcan.WITH_TARGET): {statcan.ACHIEVED, statcan.SUBSTANTIAL},
    ("unsd_2022", unsd.GROWTH_RATIO): {unsd.ON_TRACK},
    ("unsd_2023", unsd.GAP_RATIO): {unsd.ON_TRACK},
    ("unsd_2026", unsd.GAP_RATIO): {unsd.ON_TRACK},
    ("destatis", destatis.LEVEL): {destatis.SUN},
    ("destatis", destatis.MAINTAIN): {destatis.SUN},
    ("china", china.COMPLETION): {china.AHEAD, china.ON},
}
_HOPEFUL = ("virtually_certain", "very_likely", "likely")
_DOUBTFUL = ("unlikely", "very_unlikely", "exceptionally_unlikely")


@dataclass(frozen=True)
class Agreement:
    """Which rules expect a target to be met, and which do not.

    Parameters
    ----------
    met, missed : tuple of str
        Keys of the rules; one that assigns no class to a target is in neither.

    Examples
    --------
    >>> a = Agreement(met=("statcan",), missed=("china", "destatis"))
    >>> a.divided, a.against(0.8), a.against(0.5)
    (True, ('china', 'destatis'), ())
    """

    met: tuple[str, ...]
    missed: tuple[str, ...]

    @property
    def divided(self) -> bool:
        """Whether some rules expect the target to be met and others do not."""
        return bool(self.met and self.missed)

    def against(self, probability: float) -> tuple[str, ...]:
        """Rules that contradict a probability.

        Those that expect success where it is unlikely, or failure where it is
        likely, in the words of `forecast.likelihood`; about as likely as not
        contradicts nobody.

        Parameters
        ----------
        probability : float
            Of meeting the target, a proportion.

        Returns
        -------
        tuple of str
            Keys of the rules.
        """
        word = likelihood(probability).key
        if word in _HOPEFUL:
            return self.missed
        return self.met if word in _DOUBTFUL else ()


def agreement(verdicts: Iterable[Verdict]) -> Agreement:
    """Which of these verdicts expect the target to be met.

    Parameters
    ----------
    verdicts : iterable of Verdict
        Of `applicable`.

    Returns
    -------
    Agreement
        China's mid-term classes rest on its completion and do not vote again.

    Examples
    --------
    >>> from forecast.rules import RuleInput, applicable
    >>> values = [15.2, 15.0, 16.1, 16.9, 17.8, 19.5]
    >>> share = RuleInput(range(2015, 2021), values, 1, 30, 2030, base_year=2015)
    >>> agreement(applicable(share))
    Agreement(met=('statcan', 'unsd_2022', 'unsd_2023', 'unsd_2026'), missed=('china', 'destatis'))
    """
    voting = [v for v in verdicts if v.verdict is not None and (v.rule, v.convention) in _EXPECT_SUCCESS]
    met = tuple(v.rule for v in voting if v.verdict in _EXPECT_SUCCESS[v.rule, v.convention])
    return Agreement(met, tuple(v.rule for v in voting if v.rule not in met))
