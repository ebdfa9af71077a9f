"""Whether a network can learn at all, and is asked as it was trained: frozen weights, rates, weights of zero."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lstm_course.doctor.rules.context import Case, finding, with_diff
from lstm_course.doctor.seen import LayerSeen
from lstm_course.shapes.findings import Finding

HIGH_RATES = {
    "Adam": 0.1,
    "Nadam": 0.1,
    "Adamax": 0.1,
    "AdamW": 0.1,
    "RMSprop": 0.1,
    "Adagrad": 1.0,
    "SGD": 5.0,
}
MOST_DROPPED = 0.8  # a share that leaves little
MANY_ANSWERS = 5  # a program that asks so often with dropout wants the spread


def nothing_to_train(case: Case) -> Iterator[Finding]:
    """fit runs, but no weight may change."""
    for call in case.capture.trainings:
        model = case.capture.model(call.model)
        if not call.frozen or call.error or model is None:
            continue
        frozen = [layer for layer in model.layers if layer.parameters]
        yield finding(
            "nothing-to-train", "recurrent-layer-1", "wrong-result", "No weight of the network may change",
            f"fit (line {call.line}) runs, but all {sum(layer.parameters for layer in frozen):,} weights are frozen: "
            f"{', '.join(layer.core.cls for layer in frozen[:4])} have trainable=False. The loss of every epoch is "
            "that "
            "of the first weights.",
            "Set trainable = True for the layers that shall learn, and call compile again afterwards.", "units",
            "build-and-train",
        )  # fmt: skip
        return


def rate_too_high(case: Case) -> Iterator[Finding]:
    """The learning rate is far above what the optimizer can use."""
    for model in case.capture.trained_models:
        limit, rate = HIGH_RATES.get(model.optimizer), model.learning_rate
        if limit is None or rate is None or rate < limit or not model.recurrents:
            continue
        yield finding(
            "learning-rate-too-high", "loss", "degraded", f"A learning rate of {rate:g} is very large",
            f"compile (line {model.compile_line}) was given {model.optimizer} with learning_rate={rate:g}. Each step "
            "changes the weights by about that much, and those of a fresh recurrent layer are about 0.1: its gates "
            "are driven to 0 or 1 in the first steps and stay there.",
            f"Begin with Keras's own rate: keras.optimizers.{model.optimizer}(learning_rate="
            f"{0.01 if model.optimizer == 'SGD' else 0.001}).",
            "", "build-and-train",
        )  # fmt: skip
        return


def weights_of_nothing(case: Case) -> Iterator[Finding]:
    """Every sample weight is zero."""
    for call in case.capture.trainings:
        weights = call.weights
        if weights is not None and weights.shape and weights.low == weights.high == 0 and not weights.num_nan:
            yield finding(
                "weights-are-zero", "batching", "wrong-result", "Every sample weight is zero",
                f"fit (line {call.line}) was given sample_weight of shape {weights}, and every number in it is 0: the "
                "loss is 0 for whatever the network answers, and nothing is learned.",
                "Give 1 to a sample that counts and 0 only to one that does not; leave sample_weight away if all "
                "count.",
                "samples", "batches-and-state",
            )  # fmt: skip
            return


def watched_value_missing(case: Case) -> Iterator[Finding]:
    """A callback waits for a value that no epoch reports."""
    for text in case.capture.warnings:
        missing = re.search(
            r"(?:metric|monitor|with) `?(\w+)`? which is not available|with (\w+) available", text
        )
        if missing is None:
            continue
        name = missing[1] or missing[2]
        there = re.search(r"[Aa]vailable metrics are: ([\w,]+)", text)
        has = f"; there is {there[1].replace(',', ', ')}" if there else ""
        validation = name.startswith("val_")
        yield finding(
            "monitor-not-there", "batching", "degraded", f"A callback watches {name}, which no epoch reports",
            f"Keras warned: {text[:200]} The callback does nothing, so training neither stops early nor keeps the best "
            f"weights{has}.",
            "Give fit what it is judged by: validation_data=(X_val, y_val)." if validation
            else f"Watch a name that is there{has}; {name} has to be among compile's metrics.",
            "samples", "build-and-train",
        )  # fmt: skip
        return


def most_dropped(case: Case) -> Iterator[Finding]:
    """dropout is taken for the share that is kept."""
    recurrents = [layer for layer in case.layers if layer.recurrent]
    for layer in case.layers:
        names = ("dropout", "recurrent_dropout") if layer.recurrent else ("rate",)
        for name in names if layer.recurrent or "Dropout" in layer.cls else ():
            share = layer.get(name)
            if not isinstance(share, float) or not MOST_DROPPED <= share < 1:
                continue
            place = recurrents.index(layer) + 1 if layer.recurrent else 0
            yield finding(
                "most-is-dropped", f"recurrent-layer-{place}" if place else "between-layers", "degraded",
                f"{name}={share:g} drops {share:.0%} of the numbers",
                f"{layer.core.cls} (line {layer.place}) sets a share of {share:g} of its numbers to zero in every "
                f"training step: {1 - share:.0%} are left. In Keras the number is the share that is dropped, not the "
                "one that is kept.",
                with_diff(
                    "Give the share to drop, such as 0.2.",
                    case.program.change(layer.place, layer.core.cls, **{name: "0.2"}) if layer.recurrent else "",
                ),
                "units", "every-parameter",
            )  # fmt: skip
            return


def asked_in_training(case: Case) -> Iterator[Finding]:
    """A model that drops numbers is asked with training=True."""
    asked = [event for event in case.capture.events if event.what == "asked-in-training"]
    for event in asked:
        model = case.capture.model(event.detail["model"])
        often = sum(one.line == event.line for one in asked) >= MANY_ANSWERS
        random = next((layer for layer in model.layers if _random(layer)), None) if model else None
        if often or random is None:
            continue
        yield finding(
            "asked-in-training", "prediction", "degraded", "The model is asked as if it were trained",
            f"Line {event.line} calls the model with training=True: {random.core.cls} works as in training, so the "
            "answers are drawn anew each time and are worse than those of the whole network.",
            "Use model.predict(X), or model(X, training=False).", "", "is-it-any-good",
        )  # fmt: skip
        return


def _random(layer: LayerSeen) -> bool:
    dropped = (
        layer.get("rate")
        if "Dropout" in layer.cls
        else layer.get("dropout") or layer.get("recurrent_dropout")
    )
    return bool(dropped) or layer.cls == "BatchNormalization"


def not_adapted(case: Case) -> Iterator[Finding]:
    """A Normalization layer was never shown the data."""
    for model in case.capture.trained_models:
        layer = next((one for one in model.layers if not one.adapted), None)
        call = next((one for one in case.capture.trainings if one.model == model.id and one.x), None)
        if layer is None or call is None:
            continue
        x = call.x[0]
        yield finding(
            "normalization-not-adapted", "scaling", "wrong-result", "Normalization does not know the data",
            f"Normalization (line {layer.place}) has mean 0 and variance 1, with which every layer of its kind begins: "
            f"adapt was not called. X, from {x.low:.4g} to {x.high:.4g}, passes through as it is.",
            "Show it the inputs of the training, before fit and before the model is used: norm.adapt(X_train).",
            "features", "load-a-series",
        )  # fmt: skip
        return


def frozen_at_random(case: Case) -> Iterator[Finding]:
    """A layer keeps the random weights that it began with."""
    if any(event.what in ("load_weights", "load_model", "set_weights") for event in case.capture.events):
        return
    for model in case.capture.trained_models:
        for layer in model.layers:
            made = "weights" in layer.given or "Constant" in str(layer.config.get("embeddings_initializer"))
            known = layer.cls in ("Embedding", "LSTM", "GRU", "SimpleRNN", "Bidirectional", "Conv1D")
            if not known or layer.config.get("trainable", True) or not layer.parameters or made:
                continue
            place = model.recurrents.index(layer) + 1 if layer in model.recurrents else 0
            yield finding(
                "frozen-at-random", f"recurrent-layer-{place}" if place else "between-layers", "degraded",
                f"{layer.core.cls} keeps the random weights that it began with",
                f"{layer.core.cls} (line {layer.place}) has trainable=False, and nothing was loaded into it: its "
                f"{layer.parameters:,} weights are random numbers for good.",
                "Leave trainable=False away; or load what it shall keep first: Embedding(…, weights=[matrix], "
                "trainable=False).",
                "units", "every-parameter",
            )  # fmt: skip
            return


def gates_without_limits(case: Case) -> Iterator[Finding]:
    """A recurrent layer has an activation that belongs to a head."""
    for model in case.capture.trained_models:
        for place, layer in enumerate(model.recurrents, 1):
            for name in ("activation", "recurrent_activation"):
                chosen = layer.get(name)
                odd = chosen == "softmax" or (name == "recurrent_activation" and chosen in ("relu", "linear"))
                if not odd or layer.core.cls not in ("LSTM", "GRU", "SimpleRNN"):
                    continue
                usual = "tanh" if name == "activation" else "sigmoid"
                why = (
                    f"softmax lets its {layer.get('units')} units share a sum of 1 in every timestep, as if they were "
                    "classes" if chosen == "softmax" else f"{chosen} lets a gate open to more than 1"
                )  # fmt: skip
                yield finding(
                    "activation-of-a-head", f"recurrent-layer-{place}", "degraded",
                    f"{name}={chosen!r} inside {layer.core.cls}",
                    f"{layer.core.cls} (line {layer.place}) has {name}={chosen!r}: {why}. Probabilities of classes are "
                    "made by the head, Dense(classes, activation='softmax').",
                    with_diff(
                        f"Keep Keras's own inside the layer: {name}={usual!r}.",
                        case.program.change(layer.place, layer.core.cls, **{name: None}),
                    ),
                    "units", "inside-a-cell",
                )  # fmt: skip
                return


def one_unit(case: Case) -> Iterator[Finding]:
    """A recurrent layer of one unit hands on a single number."""
    for model in case.capture.trained_models:
        for place, layer in enumerate(model.recurrents, 1):
            above = model.layers[model.layers.index(layer) + 1 :]
            if layer.get("units") != 1 or not any(one.cls in ("Dense", "TimeDistributed") for one in above):
                continue
            yield finding(
                "one-unit", f"recurrent-layer-{place}", "degraded", f"{layer.core.cls} has one unit",
                f"{layer.core.cls}(1) (line {layer.place}) remembers one number between -1 and 1 per sample, and the "
                "head sees nothing else. units is the size of that memory, not the number of features or of forecasts.",
                with_diff(
                    "Give it room, and let the head make the forecast: units=32.",
                    case.program.change_first(layer.place, layer.core.cls, "32", "units"),
                ),
                "units", "the-layer",
            )  # fmt: skip
            return


def part_of_the_data(case: Case) -> Iterator[Finding]:
    """steps_per_epoch ends each epoch long before the data do."""
    for call in case.capture.trainings:
        if call.source != "dataset" or not call.steps or not call.num_batches or call.error:
            continue
        if call.steps < call.num_batches / 3:
            yield finding(
                "part-of-the-data", "batching", "degraded", "An epoch ends long before the data do",
                f"fit (line {call.line}): the data set holds {call.num_batches:,} batches, and "
                f"steps_per_epoch={call.steps} takes {call.steps} of them as an epoch.",
                "Leave steps_per_epoch away: Keras reads a data set to its end. It is for data that never end "
                "(.repeat(), generators).",
                "samples", "batches-and-state",
            )  # fmt: skip
            return
