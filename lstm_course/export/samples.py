"""The lines that cut the rows into windows and labels."""

from __future__ import annotations

from lstm_course.data.labels import first_label_offset
from lstm_course.export.sections import Material, Section


def windows(material: Material) -> Section:
    """Write the lines that cut windows out of the rows."""
    exp = material.exp
    lines = [f"TIMESTEPS, HORIZON, STRIDE = {exp.timesteps}, {exp.horizon}, {exp.stride}", "", ""]
    lines += _first_rows(material)
    lines += [f"starts_{part} = first_rows({part.upper()})" for part in material.parts]
    lines += ["", "", "def windows(starts):", *_windows_body(material), ""]
    shape = material.prediction.stage("windowing")
    lines += [f"X_{part} = windows(starts_{part})  # {_sizes(material, part)}" for part in material.parts]
    formula = f"{shape.formula} training windows. " if shape else ""
    return Section(
        "Windows", ("windowing",),
        f"{exp.timesteps} rows in a row make one sample: (samples, timesteps, features). {formula}",
        "\n".join(lines),
    )  # fmt: skip


def _sizes(material: Material, part: str) -> str:
    stage = material.prediction.stage("windowing")
    rest = stage.shape[1:] if stage else ()
    dropped = material.facts.part(part).num_dropped
    return str((material.num_samples(part) + dropped, *rest))


def _first_rows(material: Material) -> list[str]:
    if material.exp.border == "inside":
        return [
            "def first_rows(part):",
            '    """First row of each window that lies, with its labels, inside a part."""',
            "    return np.arange(part.start, part.stop - TIMESTEPS - HORIZON + 1, STRIDE)",
            "",
            "",
        ]
    exp = material.exp
    offset = first_label_offset(exp.timesteps, exp.horizon, exp.labels)
    return [
        "def first_rows(part):",
        '    """First row of each window whose labels lie inside a part; its inputs may reach back before it."""',
        f"    first = max(0, part.start - {offset})  # so that the first label is the part's first row",
        "    return np.arange(first, part.stop - TIMESTEPS - HORIZON + 1, STRIDE)",
        "",
        "",
    ]


def _windows_body(material: Material) -> list[str]:
    gather = "inputs_scaled[starts[:, None] + np.arange(TIMESTEPS)]"
    if material.exp.lags == "timesteps":
        return [f"    return {gather}  # (samples, timesteps, features)", ""]
    return [
        f"    side_by_side = {gather}",
        "    return side_by_side.reshape(len(starts), 1, -1)  # one timestep, the rows as its features",
        "",
    ]


def labels(material: Material) -> Section:
    """Write the lines that say what the network should answer for each window."""
    lines = _label_lines(material)
    shape = material.prediction.stage("labels")
    for part in material.parts:
        full = (material.num_samples(part), *(shape.shape[1:] if shape else ()))
        comment = "" if material.facts.part(part).num_dropped else f"  # {full}"
        lines.append(f"y_{part} = labels(starts_{part}){comment}")
    lines += _dropped(material)
    lines += [f'print("{part}", X_{part}.shape, y_{part}.shape)' for part in material.parts]
    return Section("Labels", ("labels",), shape.sentence if shape else "", "\n".join(lines))


def _label_lines(material: Material) -> list[str]:
    exp = material.exp
    if exp.is_classification:
        row = "starts + TIMESTEPS + HORIZON - 1"
        one = f"classes[{row}]"
        body = (
            f"np.eye({material.facts.num_classes}, dtype='float32')[{one}]"
            if exp.labels == "one-hot"
            else one
        )
        return ["def labels(starts):", f"    return {body}", "", ""]
    if exp.labels == "sequence":
        rows = "starts[:, None] + HORIZON + np.arange(TIMESTEPS)"
    else:
        rows = "starts[:, None] + TIMESTEPS + np.arange(HORIZON)"
    return [
        "def label_rows(starts):",
        f"    return {rows}  # the row of each label",
        "",
        "",
        "def labels(starts):",
        f"    return targets_scaled[label_rows(starts)]{_pick(material)}  # {_axes(material)}",
        "",
        "",
    ]


def _pick(material: Material) -> str:
    exp = material.exp
    if exp.labels == "sequence":
        return ""
    if len(material.targets) == 1:
        return "[:, 0, 0]" if exp.flat_labels else "[:, :, 0]"
    return "[:, 0, :]" if exp.horizon == 1 else ""


def _axes(material: Material) -> str:
    stage = material.prediction.stage("labels")
    comma = "," if stage and len(stage.axes) == 1 else ""
    return f"({', '.join(stage.axes)}{comma})" if stage else ""


def _dropped(material: Material) -> list[str]:
    if not any(part.num_dropped for part in material.facts.parts):
        return []
    lines = ["", "# windows that touch a missing value are left out"]
    for part in material.parts:
        lines += [f"known = {_known(material, part)}"]
        lines += [
            f"X_{part}, y_{part}, starts_{part} = X_{part}[known], y_{part}[known], starts_{part}[known]"
        ]
    return [*lines, ""]


def _known(material: Material, part: str) -> str:
    inputs = f"~np.isnan(X_{part}).any(axis=(1, 2))"
    if not material.exp.is_classification:
        return f"{inputs} & ~np.isnan(y_{part}).reshape(len(y_{part}), -1).any(axis=1)"
    has_class = f"(classes[starts_{part} + TIMESTEPS + HORIZON - 1] >= 0)"
    return has_class if material.exp.gap_windows == "keep" else f"{inputs} & {has_class}"
