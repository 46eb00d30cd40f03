"""How forecasts of different indicators of one country miss together: the common factor of a plan.

    python benchmarks/dependence.py UN_SDG.csv.gz POLICY.csv.gz

UN_SDG has the columns indicator, area, year, value, lower, upper; POLICY indicator, geo, year, value. One
indicator for each subject, each with the direction a plan would want (below), so that "missed" means the
same for all. Every series is cut at an origin, the default model forecasts five years on, and the figure
that came is read off as a normal score z, positive where it fell on the wanted side. Within a country and
origin the scores follow

    z_i = sqrt(rho) m + sqrt(1 - rho) e_i,        m, e_i ~ N(0, 1) independent

and targets set at random (each to be met with a probability drawn from 0.05 ... 0.95) are met or missed.
rho is the value under which the numbers met, country by country, are likeliest (Poisson-binomial given m);
beside it stands the moment estimate, the mean product of the z of all pairs over their mean square. Errors
come from drawing countries again.

Writes ``results/dependence.md``; forecast/assessment/together.py carries the pooled value.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.special import ndtri

import forecast as fc
from forecast.assessment.joint import count_distribution
from forecast.assessment.together import CORRELATION

RESULTS = Path(__file__).parent / "results"
HORIZON, FEWEST, GROUP, DRAWS, AGAIN = 5, 6, 5, 2, 200
RHOS = np.round(np.r_[np.arange(0.0, 0.16, 0.01), 0.2, 0.3, 0.4, 0.6], 2)
ORIGINS = (1994, 1999, 2004, 2009, 2014, 2018)
UNMOVED = 3

# One indicator for each subject; 1 where a plan wants it to rise, -1 where it is to fall.
WANTED = {
    "sdg": {
        "dt_tds_dect": -1, "eg_egy_clean": 1, "eg_egy_prim": -1, "eg_elc_accs": 1, "eg_fec_rnew": 1,
        "en_atm_co2gdp": -1, "en_ewt_genpcap": -1, "en_lnd_slum": -1, "en_mat_domcmpg": -1,
        "er_h2o_stress": -1, "er_h2o_wueyst": 1, "er_mrn_mpa": 1, "er_ptd_terrs": 1, "er_rsk_lsti": 1,
        "fb_cbk_brch": 1, "fi_fsi_fsanl": -1, "fi_fsi_fskrtc": 1, "gb_pop_scierd": 1, "gb_xpd_rsdv": 1,
        "gc_gob_taxd": 1, "ic_gen_mgtl": 1, "it_mob_2gntwk": 1, "it_net_bbp": 1, "it_use_ii99": 1,
        "nv_ind_manf": 1, "nv_ind_tech": 1, "ny_gdp_pcap": 1, "sd_xpd_esed": 1, "se_pre_partn": 1,
        "sg_gen_parl": 1, "sh_acs_dtp3": 1, "sh_dyn_mort": -1, "sh_h2o_safe": 1, "sh_hiv_incd": -1,
        "sh_med_heawor": 1, "sh_sta_brtc": 1, "sh_sta_malr": -1, "sh_sta_mmr": -1, "sh_tbs_incid": -1,
        "si_pov_day1": -1, "sl_emp_ftlinjur": -1, "sl_tlf_neet": -1, "sl_tlf_uem": -1,
        "sm_pop_refg_or": -1, "sn_itk_defc": -1, "sp_acs_bsrvsan": 1, "sp_dyn_adkl": -1,
        "vc_dsr_mtmp": -1, "vc_ihr_psrc": -1,
    },
    "policy": {
        "energy_per_gdp_kwh": -1, "gdp_pc_const_usd": 1, "gini": -1, "gov_health_share_pct": 1,
        "health_exp_pct_gdp": 1, "inflation_pct": -1, "internet_users_pct": 1, "investment_pct_gdp": 1,
        "long_term_unemployment_pct": -1, "sanitation_basic_pct": 1, "services_share_gdp_pct": 1,
        "water_basic_pct": 1, "water_withdrawal_pc": -1,
    },
}  # fmt: skip


def histories(path: str, wanted: dict[str, int]) -> list[fc.History]:
    """Return the series of the wanted indicators, without straight lines drawn between surveys."""
    panel = pd.read_csv(path).rename(columns={"geo": "area"})
    found = []
    for (indicator, area), rows in panel[panel["indicator"].isin(wanted)].groupby(["indicator", "area"]):
        rows = rows.dropna(subset="value").drop_duplicates("year").sort_values("year")
        values = rows["value"].to_numpy(float)
        bends = np.abs(np.diff(values, 2))
        moves = np.abs(np.diff(values)).mean() if len(values) > 1 else 0
        if len(values) < FEWEST or moves == 0 or np.median(bends) < 1e-3 * moves:
            continue
        bounds = _bounds(rows, values, str(indicator))
        found.append(fc.History.of(str(indicator), rows["year"], values, area=str(area), bounds=bounds))
    return found


def _bounds(rows: pd.DataFrame, values: np.ndarray, name: str) -> tuple[float | None, float | None]:
    if "lower" in rows:
        sides = [rows[side].iloc[0] for side in ("lower", "upper")]
    else:
        sides = [
            0.0 if values.min() >= 0 else None,
            100.0 if name.endswith("pct") and values.max() <= 100 else None,
        ]
    low, high = (None if side is None or pd.isna(side) else float(side) for side in sides)
    return (
        low if low is None or values.min() >= low else None,
        high if high is None or values.max() <= high else None,
    )


def scores(series: list[fc.History], wanted: dict[str, int]) -> pd.DataFrame:
    """Return the normal score of each outcome five years on, positive on the wanted side."""
    model, rows = fc.StructuralMixture(), []
    for origin in ORIGINS:
        cases = []
        for history in series:
            outcome = history.value_in(origin + HORIZON)
            if outcome is None or history.first_year > origin:
                continue
            known = history.until(origin)
            moved = len(np.unique(known.values[-UNMOVED:])) > 1
            if len(known) >= FEWEST and known.last_year >= origin - 1 and moved:
                cases.append((known, outcome))
        for (known, outcome), fitted in zip(cases, model.fit_all([known for known, _ in cases]), strict=True):
            if isinstance(fitted, Exception):
                continue
            outlook = fitted.predict(origin + HORIZON)
            # The middle of an atom, where there is one.
            level = 0.5 * (float(outlook.at_most(outcome)) + 1 - float(outlook.at_least(outcome)))
            z = wanted[known.indicator] * ndtri(min(max(level, 1e-4), 1 - 1e-4))
            rows.append((known.area, origin, known.indicator, float(z)))
    return pd.DataFrame(rows, columns=["area", "origin", "indicator", "z"])


def groups(table: pd.DataFrame) -> list[tuple[str, np.ndarray]]:
    """Return the scores of one country and origin each, where there are enough."""
    found = [(str(key[0]), rows["z"].to_numpy()) for key, rows in table.groupby(["area", "origin"])]
    return [(area, z) for area, z in found if len(z) >= GROUP]


def moment(found: list[tuple[str, np.ndarray]]) -> float:
    """Return the mean product of two scores of a group over the mean square."""
    pairs = sum(z.sum() ** 2 - (z**2).sum() for _, z in found)
    n = sum(len(z) * (len(z) - 1) for _, z in found)
    square = np.concatenate([z for _, z in found])
    return float(pairs / n / (square**2).mean())


def likelihoods(found: list[tuple[str, np.ndarray]], rng: np.random.Generator) -> np.ndarray:
    """Return the log probability of the number of targets met, shape (groups, rhos)."""
    total = np.zeros((len(found), len(RHOS)))
    for i, (_, z) in enumerate(found):
        for _ in range(DRAWS):
            each = rng.uniform(0.05, 0.95, len(z))
            met = int((z >= ndtri(1 - each)).sum())
            total[i] += [np.log(max(count_distribution(each, rho)[met], 1e-12)) for rho in RHOS]
    return total / DRAWS


def estimate(found: list[tuple[str, np.ndarray]], rng: np.random.Generator) -> dict[str, float]:
    """Return rho by likelihood and by moments, with the spread over countries drawn again."""
    logs = likelihoods(found, rng)
    areas = np.array([area for area, _ in found])
    each = [np.flatnonzero(areas == area) for area in np.unique(areas)]
    drawn, moments = [], []
    for _ in range(AGAIN):
        rows = np.concatenate([each[k] for k in rng.integers(0, len(each), len(each))])
        drawn.append(RHOS[logs[rows].sum(axis=0).argmax()])
        moments.append(moment([found[k] for k in rows]))
    gain = logs.sum(axis=0)
    return {
        "countries": len(each),
        "groups": len(found),
        "forecasts": sum(len(z) for _, z in found),
        "rho": float(RHOS[gain.argmax()]),
        "rho_low": float(np.quantile(drawn, 0.025)),
        "rho_high": float(np.quantile(drawn, 0.975)),
        "moment": moment(found),
        "moment_low": float(np.quantile(moments, 0.025)),
        "moment_high": float(np.quantile(moments, 0.975)),
        "gain_on_independence": float((gain.max() - gain[0]) / len(found)),
    }


def coverage(
    found: list[tuple[str, np.ndarray]], rhos: tuple[float, ...], rng: np.random.Generator
) -> pd.DataFrame:
    """Return how often the number met lay in its intervals, and what whole numbers let them hold, by rho."""
    rows = []
    drawn = [rng.uniform(0.05, 0.95, len(z)) for _, z in found]
    for rho in rhos:
        row = {"rho": rho}
        for level in (0.8, 0.95):
            held, mass = [], []
            for (_, z), each in zip(found, drawn, strict=True):
                met = int((z >= ndtri(1 - each)).sum())
                counts = count_distribution(each, rho)
                low, high = np.searchsorted(np.cumsum(counts), [(1 - level) / 2, (1 + level) / 2])
                held.append(low <= met <= high)
                mass.append(counts[low : high + 1].sum())
            row |= {f"{100 * level:.0f} % held": np.mean(held), f"{100 * level:.0f} % meant": np.mean(mass)}
        rows.append(row)
    return pd.DataFrame(rows)


def _markdown(table: pd.DataFrame) -> str:
    lines = [
        list(table.columns),
        ["---"] * len(table.columns),
        *table.round(3).astype(str).to_numpy().tolist(),
    ]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def main(sdg: str, policy: str) -> None:
    """Print and write the estimates."""
    rng = np.random.default_rng(1)
    tables = {
        name: scores(histories(path, WANTED[name]), WANTED[name])
        for name, path in (("sdg", sdg), ("policy", policy))
    }
    found = {name: groups(table) for name, table in tables.items()}
    found["pooled"] = found["sdg"] + found["policy"]
    table = pd.DataFrame([{"panel": name, **estimate(each, rng)} for name, each in found.items()])
    held = coverage(found["pooled"], (0.0, CORRELATION, 0.1, 0.3, 0.6), rng)
    text = "\n\n".join(
        [
            "# How forecasts of different indicators of one country miss together",
            f"`python benchmarks/dependence.py UN_SDG.csv.gz POLICY.csv.gz`, {datetime.now(UTC):%Y-%m-%d}",
            _markdown(table),
            f"The library carries {CORRELATION}, between the two estimates. Intervals for the number of "
            "targets met: what they held, and what whole numbers let them mean to hold:",
            _markdown(held),
        ]
    )
    RESULTS.joinpath("dependence.md").write_text(text + "\n", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main(*sys.argv[1:3])
