"""The lines that read, scale and pad sequences of unequal length."""

from __future__ import annotations

from lstm_course.data import Sequences
from lstm_course.export.sections import Material, Section


def read_sequences(material: Material, data: Sequences) -> Section:
    """Write the lines that read the sequences and their classes."""
    names = data.card.sequences if data.card else None
    column, split = (names.column, names.split) if names else ("sequence", "split")
    target = material.targets[0]
    lines = [
        "frames = pd.read_csv(path)",
        f"first = frames.drop_duplicates({column!r})  # the first frame of each sequence",
        f"FEATURES = {material.features!r}",
        f"sequences = [group[FEATURES].to_numpy() for _, group in frames.groupby({column!r}, sort=False)]",
        f"labels = np.searchsorted(sorted(first[{target!r}].unique()), first[{target!r}])",
        f'print("sequences", len(sequences))  # {data.num_sequences:,} of up to {material.facts.longest} frames',
        "",
        f'train = np.flatnonzero(first[{split!r}] == "train")',
        f'test = np.flatnonzero(first[{split!r}] == "test")',
        *_validation(material),
    ]
    text = "Many short sequences, each with one class. The data set itself says which of them test."
    return Section("Sequences", ("raw-data",), text, "\n".join(lines))


def _validation(material: Material) -> list[str]:
    count = material.num_samples("validation")
    if not count:
        return []
    return [
        "# validation takes every k-th training sequence, so that each class has its share",
        f"chosen = ((np.arange({count}) + 0.5) * len(train) / {count}).astype(int)",
        "validation, train = train[chosen], np.delete(train, chosen)",
    ]


def scale_sequences(material: Material) -> Section:
    """Write the lines that bring the features to one scale."""
    exp = material.exp
    which = (
        "sequences[i] for i in train"
        if exp.scaler_fit == "train"
        else "sequences[i] for i in range(len(sequences))"
    )
    lines = [f"seen = np.concatenate([{which}])  # (frames, features)"]
    if exp.scaling == "none":
        lines = ["scaled = sequences"]
    else:
        offset, scale = {
            "minmax": ("seen.min(axis=0)", "seen.max(axis=0) - seen.min(axis=0)"),
            "standard": ("seen.mean(axis=0)", "seen.std(axis=0)"),
        }[exp.scaling]
        lines += [
            f"offset, scale = {offset}, {scale}",
            "scale = np.where(seen.max(axis=0) > seen.min(axis=0), scale, 1.0)",
            "scaled = [(sequence - offset) / scale for sequence in sequences]",
        ]
    whose = (
        "training sequences only" if exp.scaler_fit == "train" else "all sequences, the test ones too: a leak"
    )
    return Section("Scale", ("scaling",), f"The scale is that of {whose}.", "\n".join(lines))


def pad_sequences(material: Material) -> Section:
    """Write the lines that bring all sequences to one number of timesteps."""
    exp = material.exp
    keep, place = (
        ("scaled[i][-TIMESTEPS:]", "X[i, -len(kept):]") if exp.padding == "pre" else
        ("scaled[i][:TIMESTEPS]", "X[i, :len(kept)]")
    )  # fmt: skip
    lines = [
        f"TIMESTEPS = {exp.timesteps}",
        f"X = np.full((len(scaled), TIMESTEPS, len(FEATURES)), {exp.pad_value!r}, dtype='float32')",
        "for i in range(len(scaled)):",
        f"    kept = {keep}",
        f"    {place} = kept",
    ]
    if exp.lags == "features":
        lines.append("X = X.reshape(len(X), 1, -1)  # one timestep, the frames as its features")
    lines += ["", *(f"X_{part} = X[{part}]" for part in material.parts)]
    side = "in front" if exp.padding == "pre" else "behind"
    return Section(
        "Padding",
        ("windowing",),
        f"Short sequences are filled up {side} with {exp.pad_value!r}.",
        "\n".join(lines),
    )


def sequence_labels(material: Material) -> Section:
    """Write the lines that give each sequence its class."""
    lines = []
    if material.exp.labels == "one-hot":
        lines.append(f"labels = np.eye({material.facts.num_classes}, dtype='float32')[labels]")
    for part in material.parts:
        lines += [f"y_{part} = labels[{part}]", f'print("{part}", X_{part}.shape, y_{part}.shape)']
    return Section("Labels", ("labels",), "The class of each sequence, as a number from 0.", "\n".join(lines))
