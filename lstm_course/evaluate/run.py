"""What a training leaves behind: history, forecasts, errors, weights; kept in one plain file."""

from __future__ import annotations

import dataclasses
import io
import json
import os
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Self

import numpy as np
import numpy.typing as npt

from lstm_course.codec import from_dict, to_dict
from lstm_course.data.prepared import Prepared
from lstm_course.data.split import PART_NAMES
from lstm_course.evaluate.compare import score, score_baselines
from lstm_course.experiment import Experiment
from lstm_course.problems import ProblemError

Array = npt.NDArray[Any]
Engine = Literal["compiled", "model.fit"]
MAX_BYTES = 1024**3  # unpacked; a damaged or made-up file must not fill the memory
_FORMAT = 1
_BY_PART = ("predictions", "truth", "rows", "times")


@dataclass(frozen=True, eq=False, kw_only=True)
class Run:
    """A finished training, as plain values that can be sent between processes and kept in a file."""

    experiment: Experiment  # what was trained
    history: Mapping[str, tuple[float, ...]]  # loss and metrics of each epoch, by Keras's names
    predictions: Mapping[str, Array]  # forecasts of each part in original units; classes as integers
    truth: Mapping[str, Array]  # labels of each part in original units, same shapes
    rows: Mapping[str, Array]  # row of each label, (samples, labels of one target)
    times: Mapping[str, Array]  # time of the first label of each sample, datetime64; empty without times
    metrics: Mapping[str, Mapping[str, float]]  # errors of each part, in original units
    baselines: Mapping[str, Mapping[str, Mapping[str, float]]]  # the same for each baseline
    weights: tuple[Array, ...]  # in the order of Keras's get_weights
    weight_names: tuple[str, ...]  # path of each weight
    seconds: float  # how long the training took
    engine: Engine  # which of the two ways of training was used
    engine_reason: str = ""  # why it was that one
    stopped_epoch: int | None = None  # last epoch, counted from 1, when it was stopped early
    notes: tuple[str, ...] = field(default=())  # what a learner should know, as sentences

    @property
    def num_epochs(self) -> int:
        """Number of epochs that were trained."""
        return max((len(values) for values in self.history.values()), default=0)

    def save(self, path: str | Path) -> Path:
        """Write the run as a .npz file of plain arrays and JSON, whole or not at all.

        Raises:
            ProblemError: when the place cannot be written to.
        """
        target = Path(path)
        content = io.BytesIO()
        np.savez_compressed(content, allow_pickle=False, **self._arrays())
        try:
            handle, name = tempfile.mkstemp(dir=target.parent, prefix=target.name, suffix=".part")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(content.getvalue())
                os.replace(name, target)
            except OSError:
                Path(name).unlink(missing_ok=True)
                raise
        except OSError as error:
            raise ProblemError(f"The run cannot be written to {target}: {error.strerror}.") from error
        return target

    def _arrays(self) -> dict[str, Array]:
        plain = {
            item.name: getattr(self, item.name)
            for item in dataclasses.fields(self)
            if item.name not in (*_BY_PART, "weights", "experiment")
        }
        plain |= {"format": _FORMAT, "experiment": to_dict(self.experiment)}
        text = np.frombuffer(json.dumps(plain).encode(), dtype=np.uint8)
        found = {f"{name}.{part}": array for name in _BY_PART for part, array in getattr(self, name).items()}
        return {"run": text, **found, **{f"weight.{i}": array for i, array in enumerate(self.weights)}}

    @classmethod
    def load(cls, path: str | Path) -> Self:
        """Read what `save` wrote; nothing in the file is ever executed.

        Raises:
            ProblemError: when the file is no run, is damaged, or is too large.
        """
        try:
            _check_size(Path(path))
            with np.load(path, allow_pickle=False) as file:
                arrays = {name: file[name] for name in file.files}
            plain = json.loads(arrays.pop("run").tobytes())
            return cls._from(plain, arrays)
        except ProblemError:
            raise
        except (
            OSError,
            ValueError,
            KeyError,
            TypeError,
            AttributeError,
            zipfile.BadZipFile,
            EOFError,
        ) as error:
            raise ProblemError(
                f"{path} holds no run that can be read ({error}). Train again, or choose a file that was saved here."
            ) from error

    @classmethod
    def _from(cls, plain: dict[str, Any], arrays: dict[str, Array]) -> Self:
        if plain.pop("format") != _FORMAT:
            raise ProblemError("The run was saved by another version of this course. Train again.")
        by_part: dict[str, Any] = {
            name: {part: arrays[key] for part in PART_NAMES if (key := f"{name}.{part}") in arrays}
            for name in _BY_PART
        }
        num_weights = sum(name.startswith("weight.") for name in arrays)
        plain["history"] = {name: tuple(values) for name, values in plain["history"].items()}
        for name in ("weight_names", "notes"):
            plain[name] = tuple(plain[name])
        plain["experiment"] = from_dict(plain["experiment"])
        plain["weights"] = tuple(arrays[f"weight.{i}"] for i in range(num_weights))
        return cls(**{**plain, **by_part})


def _check_size(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        size = sum(item.file_size for item in archive.infolist())
    if size > MAX_BYTES:
        raise ProblemError(
            f"{path} would unpack to {size // 1024**2:,} MB; up to {MAX_BYTES // 1024**2:,} MB are read."
        )


def make_run(
    ready: Prepared,
    outputs: Mapping[str, Array],
    *,
    history: Mapping[str, Sequence[float]],
    weights: Sequence[Array],
    weight_names: Sequence[str],
    seconds: float,
    engine: Engine,
    engine_reason: str = "",
    stopped_epoch: int | None = None,
    notes: Sequence[str] = (),
) -> Run:
    """Bring a network's outputs back to original units, score them and the baselines, and keep it all.

    Args:
        ready: the arrays that the network was trained on.
        outputs: what the network gave for X of each part; a part without samples may be left out.
        history: loss and metrics of each epoch.
        weights: weights in the order of Keras's get_weights.
        weight_names: path of each weight.
        seconds: how long the training took.
        engine: which way of training was used.
        engine_reason: why it was that one.
        stopped_epoch: last epoch when it was stopped early.
        notes: what a learner should know.
    """
    parts = [part for part in PART_NAMES if part in outputs and ready.num_samples(part)]
    truth = {part: ready.truth(part) for part in parts}
    predictions = {part: ready.restore(outputs[part]) for part in parts}
    misfits = [part for part in parts if predictions[part].size != truth[part].size]
    scored = [part for part in parts if part not in misfits]
    predictions |= {part: predictions[part].reshape(truth[part].shape) for part in scored}
    times = {part: when.to_numpy() for part in parts if (when := ready.label_times(part)) is not None}
    baselines = score_baselines(ready)
    return Run(
        experiment=ready.experiment,
        history={name: tuple(float(value) for value in values) for name, values in history.items()},
        predictions=predictions,
        truth=truth,
        rows={part: np.array(ready.label_rows[part]) for part in parts},
        times=times,
        metrics={
            part: dict(score(ready, part, predictions[part])) if part in scored else {} for part in parts
        },
        baselines={
            name: {part: dict(by_part[part]) for part in parts} for name, by_part in baselines.items()
        },
        weights=tuple(np.asarray(weight) for weight in weights),
        weight_names=tuple(weight_names),
        seconds=seconds,
        engine=engine,
        engine_reason=engine_reason,
        stopped_epoch=stopped_epoch,
        notes=(*ready.notes, *notes, *(_misfit(part, predictions[part], truth[part]) for part in misfits)),
    )


def _misfit(part: str, predictions: Array, truth: Array) -> str:
    return (
        f"The {part} output has shape {predictions.shape}, but its labels {truth.shape}: no error can be given, "
        "because it is not said which output belongs to which label."
    )
