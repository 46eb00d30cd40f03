"""Say how likely a yearly target is to be met, and what growth it would take.

The story, in the order of its nouns::

    history  ->  target, plan  ->  model  ->  distribution  ->  probability, growth
             ->  assessment, study  ->  back-test  ->  report

Names load when first used, so importing this package costs little more than importing pandas.
"""

from __future__ import annotations

from importlib import import_module

# Each chapter and the names it gives to readers.
_CHAPTERS = {
    "errors": ("ForecastError", "HistoryError", "ModelError", "ReadError", "ReportError", "TargetError"),
    "shipped": ("data_path",),
    "language": ("Language",),
    "catalogue": ("Area", "Catalogue", "Indicator"),
    "history": ("History",),
    "derived": ("relative_history",),
    "histories": ("Histories",),
    "target": ("Target",),
    "plan": ("Item", "Plan"),
    "read.histories": ("read_histories",),
    "read.plan": ("read_plan",),
    "scale": ("Identity", "Log", "Logit", "Root"),
    "distribution": ("Distribution", "StudentTMixture"),
    "draws": ("Draws",),
    "scores": ("brier_score", "coverage", "crps", "interval_score", "log_score", "pit"),
    "reliability": ("Bin", "BrierParts", "brier_parts", "reliability_bins"),
    "likelihoods": ("Likelihood", "likelihood"),
    "models.base": ("Fitted", "Model"),
    "models.drift": ("Drift",),
    "models.naive": ("Naive",),
    "models.smoothing": ("ETS",),
    "models.theta": ("Theta",),
    "models.arima": ("ARIMA",),
    "models.structural": ("LocalTrend",),
    "models.trend": ("Trend",),
    "models.mixture": ("StructuralMixture",),
    "models.pool": ("Pool",),
    "models.ordinal": ("Ordinal",),
    "probabilities": ("probability", "reachable"),
    "arrival": ("ByYear", "year_reached"),
    "joint": ("AreasOutlook", "common_shock", "joint_probability", "joint_reachable"),
    "note": ("Note",),
    "backtests": ("Backtest", "backtest"),
    "dissent": ("Answer", "Disagreement", "disagreement"),
    "reference": ("Reference", "ReferenceClass"),
    "comparable": ("shipped_reference",),
    "evidence": ("Charge", "Evidence"),
    "assessment": ("Assessment", "Base", "assess", "with_reference"),
    "gathering": ("assess_areas",),
    "study": ("Failure", "Study", "assess_plan"),
    "crosscheck": ("cross_check", "cross_check_plan"),
    "hindsight": ("Drop", "Stability", "stability", "timeline"),
    "panel.frames": ("assess_frame",),
    "panel.files": ("assess_file",),
    "panel.cluster": ("assess_dask",),
    "panel.overview": ("overview",),
    "growth": ("Growth", "observed_growth", "pace_for", "required_growth"),
    "plot.outlook": ("plot_outlook",),
    "plot.chances": ("plot_probability_by_year", "plot_probability_curve"),
    "plot.risk": ("plot_study",),
    "plot.record": ("plot_backtest", "plot_reliability"),
    "plot.timeline": ("plot_stability", "plot_timeline"),
    "plot.heat": ("plot_heat",),
    "plot.style": ("new_axes",),
    "report.record": ("read_study",),
    "report.writing": ("write_report",),
    "plot.picture": ("plot_png", "plot_svg", "save_plot"),
}
_HOME = {name: chapter for chapter, names in _CHAPTERS.items() for name in names}

__version__ = "0.1.0"
__all__ = sorted(_HOME)


def __getattr__(name: str) -> object:
    """Load the chapter that holds *name* (PEP 562)."""
    if name not in _HOME:
        raise AttributeError(f"module 'forecast' has no attribute {name!r}")
    value = getattr(import_module(f"forecast.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Return the public names."""
    return [*__all__, "__version__"]
