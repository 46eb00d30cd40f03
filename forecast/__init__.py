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
    "history.shipped_data": ("data_path",),
    "language.language": ("Language",),
    "history.catalogue": ("Area", "Catalogue", "Indicator"),
    "history.history": ("History",),
    "history.ratio": ("relative_history",),
    "history.histories": ("Histories",),
    "target.target": ("Target",),
    "target.plan": ("Item", "Plan"),
    "target.draft.draft": ("Draft", "draft_plan"),
    "history.read_files": ("read_histories",),
    "target.read_plan": ("read_plan",),
    "distribution.transform": ("Identity", "Log", "Logit", "Root"),
    "distribution.distribution": ("Distribution", "StudentTMixture"),
    "distribution.draws": ("Draws",),
    "evaluation.scores": ("brier_score", "coverage", "crps", "interval_score", "log_score", "pit"),
    "evaluation.reliability": ("Bin", "BrierParts", "brier_parts", "reliability_bins"),
    "distribution.likelihood_scale": ("Likelihood", "likelihood"),
    "models.base": ("Fitted", "Model"),
    "models.drift": ("Drift",),
    "models.naive": ("Naive",),
    "models.ets": ("ETS",),
    "models.theta": ("Theta",),
    "models.arima": ("ARIMA",),
    "models.local_trend": ("LocalTrend",),
    "models.trend": ("Trend",),
    "models.mixture.structural_mixture": ("StructuralMixture",),
    "models.pool": ("Pool",),
    "models.small_area.small_area": ("SmallArea",),
    "models.ordinal": ("Ordinal",),
    "assessment.probability": ("probability", "reachable"),
    "assessment.outlook_table": ("outlook_table",),
    "assessment.first_passage": ("FirstPassage", "year_reached"),
    "assessment.joint": ("AreasOutlook", "common_shock", "joint_probability", "joint_reachable"),
    "language.note": ("Note",),
    "evaluation.backtests": ("Backtest", "backtest"),
    "evaluation.compare": ("compare",),
    "assessment.model_spread": ("ModelForecast", "Disagreement", "disagreement"),
    "assessment.reference": ("Reference", "ReferenceClass"),
    "assessment.reference_data": ("shipped_reference",),
    "assessment.base_rate": ("BaseRate", "PlanRecord", "base_rate", "shipped_base_rate"),
    "assessment.evidence": ("Downgrade", "Evidence"),
    "assessment.base": ("Base",),
    "assessment.assess": ("assess",),
    "assessment.assessment": ("Assessment",),
    "assessment.outside_view": ("with_reference",),
    "assessment.areas": ("assess_areas",),
    "assessment.together": ("PlanOutlook",),
    "assessment.study": ("Failure", "Study"),
    "assessment.items": ("assess_plan",),
    "assessment.crosscheck": ("cross_check", "cross_check_plan"),
    "assessment.sensitivity": ("LeaveOneOut", "Stability", "stability", "timeline"),
    "panel.frames": ("assess_frame",),
    "panel.files": ("assess_file",),
    "panel.cluster": ("assess_dask",),
    "panel.overview": ("overview",),
    "assessment.growth": ("Growth", "observed_growth", "growth_for_probability", "required_growth"),
    "plot.outlook": ("plot_outlook",),
    "plot.probability": ("plot_probability_by_year", "plot_probability_curve"),
    "plot.study": ("plot_study",),
    "plot.evaluation": ("plot_backtest", "plot_reliability"),
    "plot.timeline": ("plot_stability", "plot_timeline"),
    "plot.together": ("plot_together",),
    "plot.heatmap": ("plot_heat",),
    "plot.style": ("new_axes",),
    "interop.nixtla": ("from_nixtla", "nixtla_forecast", "to_nixtla"),
    "interop.periods": ("to_periods",),
    "report.formats.json_study": ("read_study",),
    "report.write": ("write_report",),
    "plot.export": ("plot_png", "plot_svg", "save_plot"),
}
_HOME = {name: chapter for chapter, names in _CHAPTERS.items() for name in names}

__version__ = "0.2.0"
__all__ = sorted(_HOME)


def __getattr__(name: str) -> object:
    """Load the chapter that holds *name* (PEP 562)."""
    if name not in _HOME:
        raise AttributeError(f"module 'forecast' has no attribute {name!r}")
    value = getattr(import_module(f"forecast.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Public names."""
    return [*__all__, "__version__"]
