"""Scaling: missing values, constant columns, two scalers, figures from the test rows, units of measure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import isnan

from lstm_course.doctor.rules.activations import last_activation
from lstm_course.doctor.rules.context import Case, Site, finding
from lstm_course.doctor.seen import ArraySeen, CallSeen, ModelSeen
from lstm_course.shapes.findings import Finding

FAR_APART = 300.0  # times one column may be wider than another
STAGES = {"mixed-units": "prediction", "other-column": "prediction"}
CODES = {"fitted-on-all": "scaler-saw-the-test", "separate": "two-scalers", "mixed-units": "mixed-units",
         "other-column": "scaled-back-by-another-column", "across-features": "scaled-across-features",
         "test-not-scaled": "new-data-unscaled", "scaled-twice": "scaled-twice"}  # fmt: skip
TITLES = {
    "fitted-on-all": "The scaler has seen the test rows",
    "separate": "Training and test were scaled by two scalers",
    "mixed-units": "Predictions and labels are compared in two units",
    "test-not-scaled": "What the network is asked was not scaled",
    "scaled-twice": "What the network is asked was scaled twice",
    "across-features": "Each row was scaled across its columns",
    "other-column": "Predictions were scaled back with another column's figures",
}


def not_a_number(case: Case) -> Iterator[Finding]:
    """NaN or infinity in what the network is given."""
    for call in case.capture.calls:
        for place, arrays in (("X", call.x), ("y", call.y), ("the validation X", call.val_x)):
            for array in arrays:
                if array.num_nan or array.num_inf:
                    yield _nan(case, call, place, array)
                    return


def _nan(case: Case, call: CallSeen, place: str, array: ArraySeen) -> Finding:
    whole = [index for index, column in enumerate(array.columns) if column.num_nan and column.num_unique == 0]
    what = f"{array.num_nan:,} NaN" if array.num_nan else f"{array.num_inf:,} infinite values"
    lost = (
        f"The loss is {call.losses[0]:.4g} from the first epoch."
        if call.losses
        else "Every sum with a NaN is NaN."
    )
    if (whole or array.num_inf) and place != "y":
        which = f"column {', '.join(map(str, whole))}" if whole else "a column"
        return finding(
            "nan-from-constant-column", "scaling", "wrong-result", "Scaling a constant column made NaN",
            f"{place} {array} holds {what}: {which} has no number left. A constant column has standard "
            "deviation (or "
            f"range) 0, and dividing by 0 gives NaN or infinity. {lost} Keras does not complain.",
            "Drop constant columns, or guard the division: x = (x - mean) / np.where(std > 0, std, 1) (or "
            "std + 1e-8, "
            "or StandardScaler, which does so); check np.isnan(X).any() before fit.",
            "features",
        )  # fmt: skip
    if any(item.kind == "nan-made" for item in case.capture.scalings):
        return finding(
            "nan-made-by-scaling", "scaling", "wrong-result", "A transformation made NaN",
            f"{place} {array} holds {what}, while the values before the transformation were finite: a "
            "logarithm or root "
            f"of numbers below zero, or a division by zero. {lost}",
            "Shift or clip the values before a logarithm (np.log1p needs values above -1), guard divisions, "
            "and check "
            "np.isfinite(X).all() before fit.",
            "features",
        )  # fmt: skip
    stage = "labels" if place == "y" else "raw-data"
    return finding(
        "gaps", stage, "wrong-result", f"{place} has gaps: {what}",
        f"{place} {array} holds {what}. {lost} Keras does not complain; the weights become NaN too, and every "
        "prediction "
        "with them.",
        "Fill or drop the gaps before windows are cut: table.interpolate().dropna() in pandas (lags and "
        "differences leave "
        "gaps in the first rows), and check np.isnan(X).any() before fit.",
        "rows",
    )  # fmt: skip


def between_arrays(case: Case) -> Iterator[Finding]:
    """What the program's arrays say about its scalers."""
    for item in case.capture.scalings:
        if item.kind in CODES:
            yield finding(
                CODES[item.kind], STAGES.get(item.kind, "scaling"), item.severity, TITLES[item.kind],  # type: ignore[arg-type]
                item.sentence, item.fix, "features",
            )  # fmt: skip


def inverse_refused(case: Case) -> Iterator[Finding]:
    """A scaler or NumPy refuses to scale an array of another width back."""
    error = case.error
    if error is None or not re.search(
        r"operands could not be broadcast|non-broadcastable|is expecting \d+ features|Found array with dim|"
        r"Expected 2D array",
        error.text,
    ):
        return
    scaled_back = re.search(r"scal|inverse|std|mean|min|max|low|high", error.source)
    if error.text.startswith(("Expected 2D", "Found array", "X has")) and not case.with_predictions:
        return  # a scaler on the way to the network
    if not (scaled_back or _prediction_against_columns(case)) or _two_lengths(error.operands):
        return
    shapes = ", ".join(re.findall(r"\(\d[\d, ]*\)", error.text)[:3])
    yield finding(
        "inverse-refused", "prediction" if case.with_predictions else "scaling", "error",
        "The scaler was fitted on other columns than these",
        f"Line {error.line}: {error.source}\n{error.first_line}. A scaler keeps one minimum and range (or mean and "
        f"standard deviation) per column{f' ({shapes})' if shapes else ''}; predictions hold the target alone, and "
        "scalers take two axes.",
        "Keep a scaler of its own for the target, fitted on y_train.reshape(-1, 1), or use the figures of the target's "
        "column: pred * (high[k] - low[k]) + low[k]; predictions of three axes are flattened first: "
        "pred.reshape(-1, 1).",
        "features",
    )  # fmt: skip


def _prediction_against_columns(case: Case) -> bool:
    """Whether predictions met one number per column of X."""
    error = case.error
    outputs = {shape[-1] for call in case.capture.calls if call.method == "predict" for shape in call.outputs}
    columns = {x.shape[-1] for call in case.capture.trainings for x in call.x if x.rank == 3}
    sides = sorted(error.operands, key=len) if error else []
    told = re.findall(r"\(\d+, ?(\d+)\)", error.text if error else "")
    if not sides and len(told) == 2:  # an array that was changed in place
        return int(told[0]) in outputs and int(told[1]) in columns
    return len(sides) == 2 and len(sides[0]) == 1 and sides[0][-1] in columns and sides[1][-1] in outputs


def _two_lengths(sides: tuple[tuple[int | None, ...], ...]) -> bool:
    """Whether two arrays merely hold another number of rows."""
    return len(sides) == 2 and all(len(side) == 1 and (side[0] or 0) > 20 for side in sides)


def new_data_unscaled(case: Case) -> Iterator[Finding]:
    """predict is given values on another scale than fit was."""
    trained = next((call.x[0] for call in case.capture.trainings if call.x), None)
    if trained is None or trained.num_nan:
        return
    known = max(abs(trained.low), abs(trained.high))
    for call in case.capture.calls:
        x = call.x[0] if call.x else None
        if (
            call.method not in ("predict", "evaluate", "predict_on_batch", "__call__")
            or x is None
            or x.rank < 2
        ):
            continue
        model = case.capture.model(call.model)
        if (x.whole and trained.whole) or (model and {x.low, x.high} & _masked_values(model)):
            continue
        size = max(abs(x.low), abs(x.high))
        if known and size > 15 * known and abs(x.mean - trained.mean) + x.std > 10 * max(trained.std, 1e-9):
            yield finding(
                "new-data-unscaled", "scaling", "wrong-result", f"{call.method} gets values on another scale",
                f"Training X runs from {trained.low:.4g} to {trained.high:.4g} (mean {trained.mean:.4g}); "
                f"{call.method} is "
                f"given {x.low:.4g} to {x.high:.4g} (mean {x.mean:.4g}). The network has never seen such "
                "numbers: they "
                "were not scaled, or scaled otherwise.",
                "Scale new data with the figures of the training rows: new = (new - low) / (high - low) with "
                "the same low "
                "and high, or scaler.transform(new), never fit_transform.",
                "features",
            )  # fmt: skip
            return


def unscaled(case: Case) -> Iterator[Finding]:
    """Values far from 0 drive the gates to their limits."""
    for site in case.sites():
        x, y = site.x, site.y
        first = next((layer for layer in site.model.layers if layer.cls != "InputLayer"), None)
        scaled_inside = first is not None and first.cls in (
            "Normalization",
            "Rescaling",
            "BatchNormalization",
            "Embedding",
        )
        lost = any(isnan(loss) or loss == float("inf") for loss in site.call.losses)
        words = any(layer.cls == "Embedding" for layer in case.capture.layers) and x is not None and x.whole
        marked = x is not None and bool({x.low, x.high} & _masked_values(site.model))
        if (
            x is None
            or words
            or not site.model.recurrents
            or scaled_inside
            or x.num_nan
            or (y is not None and y.num_nan)
        ):
            continue
        if lost:
            yield _lost(site, x)
        elif max(abs(x.low), abs(x.high)) > 30 and x.std > 5 and not marked:
            yield finding(
                "x-unscaled", "scaling", "degraded", "X is not scaled",
                f"X runs from {x.low:.4g} to {x.high:.4g}. Values that large drive the gates of a recurrent "
                "layer to 0 or "
                "1, and it hardly learns (the prediction stays the same for every sample).",
                "Scale X with figures from the training rows: (X - mean) / std, or min-max to 0…1; a "
                "Normalization "
                "layer does it inside the model.",
                "features",
            )  # fmt: skip
        if y is not None and not lost:
            yield from _targets(site, y)


def _masked_values(model: ModelSeen) -> set[float]:
    """Give the values that the network never reads."""
    return {float(layer.get("mask_value") or 0.0) for layer in model.layers if layer.cls == "Masking"} - {0.0}


def _lost(site: Site, x: ArraySeen) -> Finding:
    relu = [layer for layer in site.model.recurrents if layer.get("activation") in ("relu", "elu", "linear")]
    rate = site.model.learning_rate or 0
    reasons = [f"X runs from {x.low:.4g} to {x.high:.4g}"]
    reasons += (
        [f"{relu[0].core.cls} has activation='{relu[0].get('activation')}', which holds nothing back"]
        if relu
        else []
    )
    reasons += [f"the learning rate is {rate:g}"] if rate > 0.05 else []
    reasons += [f"y runs from {site.y.low:.4g} to {site.y.high:.4g}"] if site.y else []
    return finding(
        "loss-is-nan", "scaling", "wrong-result", "The loss is NaN or infinite",
        f"X and y are finite, but the loss is {site.call.losses[-1]:.4g} after the first epochs: numbers grow "
        "without "
        f"limit. {'; '.join(reasons)}.",
        "Scale X and y with figures from the training rows; keep activation='tanh' in recurrent layers; "
        "lower the "
        "learning rate (0.001) or clip gradients: keras.optimizers.Adam(0.001, clipnorm=1.0).",
        "features",
    )  # fmt: skip


def _targets(site: Site, y: ArraySeen) -> Iterator[Finding]:
    if (
        y.one_hot
        or y.is_text
        or site.loss() in ("sparse_categorical_crossentropy", "categorical_crossentropy")
    ):
        return
    big = max(abs(y.low), abs(y.high))
    if big > 30 and last_activation(site.model) in ("linear", "") and "crossentropy" not in site.loss():
        yield finding(
            "huge-targets", "scaling", "degraded", "The labels are not scaled",
            f"y runs from {y.low:.4g} to {y.high:.4g}; a fresh network answers near 0 and moves by about the "
            "learning rate "
            "per step, so it needs very many steps to get there. The loss begins near "
            f"{y.mean**2 + y.std**2:.3g}.",
            "Scale y too, with figures from the training labels, and scale predictions back: pred * std + "
            "mean.",
            "targets",
        )  # fmt: skip


def columns_far_apart(case: Case) -> Iterator[Finding]:
    """One figure was used to scale all columns: some hardly move beside the others."""
    for site in case.sites():
        x = site.x
        if x is None or x.rank != 3 or x.whole or x.num_nan or max(abs(x.low), abs(x.high)) > 30:
            continue
        widths = [column.std for column in x.columns if column.std > 0]
        if len(widths) < 2 or max(widths) < FAR_APART * min(widths):
            continue
        narrow = [index for index, column in enumerate(x.columns) if 0 < column.std < max(widths) / FAR_APART]
        yield finding(
            "columns-far-apart", "scaling", "degraded", "The columns of X are on very different scales",
            f"Feature {', '.join(map(str, narrow[:6]))} of X has standard deviation {min(widths):.3g}, the widest "
            f"{max(widths):.3g}: beside that it is a constant to the network. So it looks when one mean and deviation "
            "are taken over all columns.",
            "Scale each column by its own figures: mean = train.mean(axis=0), std = train.std(axis=0).",
            "features",
        )  # fmt: skip
        return


def constant_columns(case: Case) -> Iterator[Finding]:
    """Columns that never change say nothing, and break a scaler."""
    call: CallSeen | None = next((call for call in case.capture.trainings if call.x), None)
    if call is None or call.x[0].rank < 3 or call.x[0].one_hot or call.x[0].whole:
        return
    columns = call.x[0].columns
    flat = [index for index, column in enumerate(columns) if column.std == 0 and not column.num_nan]
    if flat and len(columns) > 1 and call.x[0].shape[0] > 4:
        yield finding(
            "constant-column", "scaling", "degraded", "A column never changes",
            f"Feature {', '.join(map(str, flat[:6]))} of X is {columns[flat[0]].low:.4g} in every timestep of "
            "every "
            "sample: it says nothing, and standardising it would divide by zero.",
            "Drop it before windows are cut: table.loc[:, table.std() > 0].", "features",
        )  # fmt: skip
