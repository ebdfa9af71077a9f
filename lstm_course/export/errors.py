"""The lines that forecast, bring forecasts back to original units, and compare them with persistence."""

from __future__ import annotations

from math import prod

from lstm_course.export.sections import Material, Section


def forecasts(material: Material) -> Section:
    """Write the lines that forecast every part and measure the errors."""
    lines = [*_predict(material), ""]
    lines += _class_errors(material) if material.facts.class_names else _number_errors(material)
    return Section(
        "Is it any good?", ("prediction", "state"),
        "Errors in original units, beside a forecast that needs no network.", "\n".join(lines),
    )  # fmt: skip


def _predict(material: Material) -> list[str]:
    if not material.exp.stateful:
        return ["def predict(X):", "    return model.predict(X, verbose=0)", ""]
    return [
        "def predict(X):",
        '    """Predict in order from an empty state; the last batch is filled up and the surplus dropped."""',
        "    forget()",
        "    full = -(-len(X) // BATCH_SIZE) * BATCH_SIZE",
        "    filled = X[np.minimum(np.arange(full), len(X) - 1)]",
        "    return model.predict(filled, batch_size=BATCH_SIZE, verbose=0)[: len(X)]",
        "",
    ]


def _number_errors(material: Material) -> list[str]:
    exp = material.exp
    known = (
        "label_rows(starts) - HORIZON" if exp.labels == "sequence" else "(starts + TIMESTEPS - 1)[:, None]"
    )
    back = "" if exp.scaling == "none" else " * target_scale + target_offset"
    lines = [
        "def errors(name, starts, X):",
        "    truth = targets[label_rows(starts)]  # (samples, labels, targets), in original units",
        f"    forecast = predict(X){_last_only(material)}.reshape(truth.shape){back}",
        f"    persistence = np.broadcast_to(targets[{known}], truth.shape)  # the last known value stays",
        f"    for place, target in enumerate({material.targets!r}):",
        "        for what, values in (('network', forecast), ('persistence', persistence)):",
        "            error = values[..., place] - truth[..., place]",
        "            rmse, mae = np.sqrt(np.nanmean(error**2)), np.nanmean(np.abs(error))",
        f'            print(f"{{name}} {{target}} {{what}}: RMSE {{rmse:.4f}}, MAE {{mae:.4f}}{_unit(material)}")',
        "",
        "",
    ]
    return [*lines, *(f'errors("{part}", starts_{part}, X_{part})' for part in material.parts)]


def _unit(material: Material) -> str:
    card = getattr(material.source, "card", None)
    unit = card.units.get(material.targets[0], "") if card and len(material.targets) == 1 else ""
    return f" {unit}" if unit else ""


def _last_only(material: Material) -> str:
    """Where the output has more timesteps than the labels, the forecast is read from its last one."""
    output, label = material.prediction.output, material.prediction.label
    if output is None or prod(output.shape[1:]) == prod(label.shape[1:]) or output.rank < 3:
        return ""
    return "[:, -1]"


def _class_errors(material: Material) -> list[str]:
    lines = [
        "def accuracy(name, X, y):",
        "    output = predict(X)",
        "    guess = (output[:, 0] > 0.5).astype(int) if output.shape[-1] == 1 else output.argmax(axis=-1)",
        "    truth = y.argmax(axis=-1) if y.ndim > 1 else y",
        '    print(f"{name} network: accuracy {np.mean(guess == truth):.4f}")',
        "    train_truth = y_train.argmax(axis=-1) if y_train.ndim > 1 else y_train",
        "    most_frequent = np.bincount(train_truth).argmax()",
        '    print(f"{name} most frequent class: accuracy {np.mean(most_frequent == truth):.4f}")',
        "",
        "",
    ]
    return [*lines, *(f'accuracy("{part}", X_{part}, y_{part})' for part in material.parts)]
