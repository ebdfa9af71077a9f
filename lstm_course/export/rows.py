"""The lines that read, clean, split and scale the rows of a series."""

from __future__ import annotations

from lstm_course.data import Series, split_rows
from lstm_course.export.sections import Material, Section


def read_rows(material: Material, series: Series) -> Section:
    """Write the lines that read the file and put its rows in the order of time."""
    lines = ["rows = pd.read_csv(path)", *_one_group(material, series), *_time_index(series)]
    used = dict.fromkeys([*material.features, *material.targets])
    classes = [name for name in used if name in series.class_columns]
    numbers = [name for name in used if name not in classes]
    if numbers:
        lines.append(f"rows[{numbers!r}] = rows[{numbers!r}].astype(float)")
    lines += [f'rows[{name!r}] = rows[{name!r}].astype("category")' for name in classes]
    lines += [*_limits(material), *_absent(material, series), *_missing(material, series)]
    lines.append(f'print("rows", rows.shape)  # {material.facts.num_rows:,} rows')
    return Section("Rows", ("raw-data",), "One row for each moment, in the order of time.", "\n".join(lines))


def _one_group(material: Material, series: Series) -> list[str]:
    group = series.card.group if series.card else None
    if group is None:
        return []
    name = material.exp.group or group.default
    return [f"rows = rows[rows[{group.column!r}] == {name!r}].drop(columns={group.column!r})"]


def _time_index(series: Series) -> list[str]:
    if series.card and series.card.time:
        time = series.card.time
        return [f"rows.index = pd.to_datetime(rows.pop({time.column!r}), format={time.format!r})"]
    if series.times is not None:
        name = str(series.times.name or "time")
        return [f"rows.index = pd.to_datetime(rows.pop({name!r}))"]
    return []


def _limits(material: Material) -> list[str]:
    return [
        f"rows.loc[(rows[{name!r}] < {low!r}) | (rows[{name!r}] > {high!r}), {name!r}] = np.nan  # cannot be"
        for name, low, high in material.exp.limits
    ]


def _absent(material: Material, series: Series) -> list[str]:
    if material.exp.absent == "keep":
        return []
    return [
        "# time stamps without a row become rows without values",
        f"rows = rows.reindex(pd.date_range(rows.index[0], rows.index[-1], freq={series.frequency!r}))",
    ]


def _missing(material: Material, series: Series) -> list[str]:
    columns = list(series.numeric_columns)
    method = "time" if series.times is not None else "linear"
    fills = {
        "keep": [],
        "forward": ["rows = rows.ffill()  # the last known value stays"],
        "zero": [f"rows[{columns!r}] = rows[{columns!r}].fillna(0.0)"],
        "interpolate": [
            "# a straight line between the known neighbours",
            f"rows[{columns!r}] = rows[{columns!r}].interpolate(method={method!r}, limit_area='inside')",
        ],
    }
    return fills[material.exp.missing]


def split_and_scale(material: Material) -> Section:
    """Write the lines that split the rows in the order of time and bring the columns to one scale."""
    exp = material.exp
    parts = split_rows(material.facts.num_rows, exp.split)
    lines = [
        f"{part.name.upper()} = slice({part.start}, {part.stop})  # {part.num_rows:,} rows" for part in parts
    ]
    lines += ["", f"inputs = rows[{material.features!r}].to_numpy()  # (rows, features)"]
    seen = "the training rows" if exp.scaler_fit == "train" else "all rows: the test rows leak into the scale"
    fit = "[TRAIN]" if exp.scaler_fit == "train" else ""
    lines += _scaler("input", "inputs", fit, exp.scaling)
    lines += _goals(material, fit)
    why = "The network is judged on rows that come after those it learned from. "
    scale = {
        "none": "The values stay as they are.",
        "minmax": f"Each column is brought to 0 … 1, as seen in {seen}.",
        "standard": f"Each column is brought to mean 0 and deviation 1, as seen in {seen}.",
    }[exp.scaling]
    return Section("Split and scale", ("scaling",), why + scale, "\n".join(lines))


def _scaler(name: str, values: str, fit: str, scaling: str) -> list[str]:
    scaled = f"{name}s_scaled = (({values} - {name}_offset) / {name}_scale).astype('float32')"
    if scaling == "none":
        return [f"{name}s_scaled = {values}.astype('float32')"]
    low, high = f"np.nanmin({values}{fit}, axis=0)", f"np.nanmax({values}{fit}, axis=0)"
    lines = [f"low, high = {low}, {high}"]
    if scaling == "minmax":
        lines += [f"{name}_offset, {name}_scale = low, high - low"]
    else:
        lines += [
            f"{name}_offset = np.nanmean({values}{fit}, axis=0)",
            f"{name}_scale = np.nanstd({values}{fit}, axis=0)",
        ]
    lines.append(
        f"{name}_scale = np.where(high > low, {name}_scale, 1.0)  # a column of one value keeps its scale"
    )
    return [*lines, scaled]


def _goals(material: Material, fit: str) -> list[str]:
    if material.exp.is_classification:
        name = material.targets[0]
        return [
            "",
            f"classes = rows[{name!r}].astype('category').cat.codes.to_numpy()  # class numbers, -1 where missing",
        ]
    if material.same_columns:
        lines = ["", "targets, targets_scaled = inputs, inputs_scaled  # what is forecast is what goes in"]
        scaled = material.exp.scaling != "none"
        return lines + ["target_offset, target_scale = input_offset, input_scale"] * scaled
    lines = ["", f"targets = rows[{material.targets!r}].to_numpy()  # (rows, targets), in original units"]
    return lines + _scaler("target", "targets", fit, material.exp.scaling)
