"""Is the forecast any good: baselines, errors, lag, horizon, intervals, and the Run that keeps them."""

from lstm_course.evaluate.baselines import LinearModel, Task, task_of
from lstm_course.evaluate.compare import (
    baseline_forecasts,
    persistence_forecasts,
    score,
    score_baselines,
    season_of,
)
from lstm_course.evaluate.horizon import error_per_step, recursive_forecast, walk_forward
from lstm_course.evaluate.intervals import Intervals, fit_intervals, share_inside
from lstm_course.evaluate.lag import Lag, find_lag
from lstm_course.evaluate.run import Run, make_run

__all__ = [
    "Intervals",
    "Lag",
    "LinearModel",
    "Run",
    "Task",
    "baseline_forecasts",
    "error_per_step",
    "find_lag",
    "fit_intervals",
    "make_run",
    "persistence_forecasts",
    "recursive_forecast",
    "score",
    "score_baselines",
    "season_of",
    "share_inside",
    "task_of",
    "walk_forward",
]
