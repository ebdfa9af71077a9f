"""Which columns go in and which are forecast when an Experiment does not say."""

from __future__ import annotations

from lstm_course.data.errors import DataError, unknown
from lstm_course.data.series import Series
from lstm_course.experiment import Experiment


def chosen_columns(exp: Experiment, series: Series) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the features and the targets of an Experiment on a series.

    Unnamed targets are those of the card, or the first column that fits the kind of label; unnamed
    features are the targets themselves, or, where the target is a class, the card's features.

    Raises:
        DataError: when a column does not exist or does not fit.

    >>> from lstm_course.data.catalog import load_series
    >>> chosen_columns(Experiment(labels="class"), load_series("seattle_weather"))
    (('precipitation', 'temp_max', 'temp_min', 'wind'), ('weather',))
    """
    for name in (*exp.features, *exp.targets):
        if name not in series.columns:
            raise unknown("column", name, series.columns)
    targets = exp.targets or _targets(exp, series)
    features = exp.features or _features(exp, series, targets)
    if not exp.is_classification and targets[0] in series.class_columns:
        raise DataError(
            f"The target {targets[0]!r} holds classes; use labels='class' or labels='one-hot', "
            f"or forecast one of {', '.join(series.numeric_columns)}."
        )
    classes = [name for name in features if name in series.class_columns]
    if classes:
        raise DataError(
            f"The column {classes[0]!r} holds classes and cannot go in as it is; "
            f"choose features among the columns of numbers: {', '.join(series.numeric_columns) or 'there is none'}."
        )
    return features, targets


def _targets(exp: Experiment, series: Series) -> tuple[str, ...]:
    if exp.is_classification:
        if not series.class_columns:
            raise DataError(
                f"{series.name!r} has no column of classes; use labels='steps', or name a column that holds "
                "a few whole numbers as the target."
            )
        return series.class_columns[:1]
    return series.card.targets if series.card else series.numeric_columns[:1]


def _features(exp: Experiment, series: Series, targets: tuple[str, ...]) -> tuple[str, ...]:
    if not exp.is_classification:
        return targets
    suggested = series.card.features if series.card else series.numeric_columns
    return tuple(name for name in suggested if name not in targets) or targets
