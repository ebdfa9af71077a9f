"""Plain values between the learner's process and the checker: JSON and raw arrays, never pickle.

What a learner's program made is never unpickled: reading it cannot run anything.
"""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass, field
from math import prod
from typing import Any

import numpy as np

MAX_BYTES = 256 * 1024**2
MAX_DEPTH = 50
PLAIN_KINDS = "biufcSUMm"  # kinds of NumPy dtypes that hold no Python objects
_HEAD = struct.Struct("!Q")
_LONGEST_TEXT = 500


class Garbled(ValueError):
    """Bytes that are no message of ours."""


@dataclass(frozen=True)
class Opaque:
    """A value that does not travel: only what it is and how it prints."""

    type_name: str  # its class
    text: str  # its repr, cut

    def __str__(self) -> str:
        """Name it."""
        return f"{self.type_name} {self.text}"


@dataclass(frozen=True)
class LayerValue:
    """One layer of a Keras model, described."""

    kind: str  # class name
    output_shape: tuple[int | None, ...]  # shape of its output, batch axis first
    config: dict[str, Any] = field(hash=False)  # what get_config returns, as far as it is plain
    weight_shapes: tuple[tuple[int, ...], ...]  # shapes of its weights


@dataclass(frozen=True)
class ModelValue:
    """A Keras model, described."""

    kind: str  # class name: Sequential, Functional
    layers: tuple[LayerValue, ...]  # its layers, without Input
    input_shape: tuple[int | None, ...]  # shape of its input, batch axis first
    output_shape: tuple[int | None, ...]  # shape of its output
    parameters: int  # numbers in its weights
    loss: str  # name of the loss; empty when it was not compiled


def encode(value: object) -> bytes:
    """Write a value as bytes: a JSON header, then the arrays' own bytes.

    >>> decode(encode({"x": (1, np.arange(3))}))
    {'x': (1, array([0, 1, 2]))}
    """
    arrays: list[bytes] = []
    try:
        header = json.dumps(_write(value, arrays, 0)).encode()
    except (ValueError, RecursionError):  # numbers of thousands of digits
        arrays.clear()
        header = json.dumps(_opaque(value)).encode()
    body = b"".join(arrays)
    if len(header) + len(body) > MAX_BYTES:
        return encode(Opaque(type(value).__name__, f"of more than {MAX_BYTES >> 20} MB"))
    return _HEAD.pack(len(header)) + header + body


def decode(data: bytes) -> Any:
    """Read what `encode` wrote.

    Raises:
        Garbled: when the bytes are anything else.
    """
    try:
        (length,) = _HEAD.unpack_from(data)
        header = json.loads(data[_HEAD.size : _HEAD.size + length])
        return _read(header, memoryview(data)[_HEAD.size + length :])
    except (
        struct.error,
        ValueError,
        KeyError,
        TypeError,
        IndexError,
        RecursionError,
        AttributeError,
    ) as error:
        raise Garbled(f"This is no message: {error}.") from error


def _write(value: object, arrays: list[bytes], depth: int) -> object:
    if depth > MAX_DEPTH:
        return _opaque(value)
    if value is None or type(value) in (bool, int, float, str):
        return value
    if isinstance(value, np.generic):
        return _write(value.item(), arrays, depth)
    if isinstance(value, np.ndarray) and value.ndim == 0 and value.dtype.kind in "bU":
        return value.item()  # as what NumPy's functions give for one text or one truth value
    if isinstance(value, np.ndarray):
        return _array(value, arrays)
    if isinstance(value, list | tuple):
        kind = "list" if isinstance(value, list) else "tuple"
        return {"$": kind, "items": [_write(item, arrays, depth + 1) for item in value]}
    if isinstance(value, dict):
        pairs = [
            [_write(key, arrays, depth + 1), _write(item, arrays, depth + 1)] for key, item in value.items()
        ]
        return {"$": "dict", "items": pairs}
    return _special(value, arrays, depth)


def _special(value: object, arrays: list[bytes], depth: int) -> object:
    package = type(value).__module__.partition(".")[0]
    if isinstance(value, Opaque):
        return {"$": "opaque", "type": value.type_name, "text": value.text}
    if isinstance(value, ModelValue):
        return {"$": "model", "fields": _write(_as_dict(value), arrays, depth + 1)}
    if package == "pandas" and hasattr(value, "to_dict") and hasattr(value, "columns"):
        columns = {str(name): value[name].to_numpy() for name in value.columns}  # type: ignore[index]
        return _write(columns, arrays, depth + 1)
    if hasattr(value, "to_numpy") or (package == "tensorflow" and hasattr(value, "numpy")):
        converted = value.to_numpy() if hasattr(value, "to_numpy") else value.numpy()  # type: ignore[attr-defined]
        return _write(np.asarray(converted), arrays, depth + 1)
    return _opaque(value)


def _array(value: np.ndarray[Any, Any], arrays: list[bytes]) -> object:
    if value.dtype.kind not in PLAIN_KINDS or value.dtype.fields:
        return {"$": "opaque", "type": f"array of dtype {value.dtype}", "text": f"shape {value.shape}"}
    if value.nbytes > MAX_BYTES:
        return {
            "$": "opaque",
            "type": "array",
            "text": f"of shape {value.shape}, more than {MAX_BYTES >> 20} MB",
        }
    offset = sum(map(len, arrays))
    arrays.append(np.ascontiguousarray(value).tobytes())
    return {"$": "array", "dtype": value.dtype.str, "shape": list(value.shape), "at": offset}


def _opaque(value: object) -> dict[str, str]:
    try:
        text = repr(value)[:_LONGEST_TEXT]
    except Exception:  # noqa: BLE001 - whatever a learner's __repr__ raises
        text = "(its repr fails)"
    return {"$": "opaque", "type": type(value).__name__, "text": text}


def _as_dict(model: ModelValue) -> dict[str, object]:
    layers = [[layer.kind, layer.output_shape, layer.config, layer.weight_shapes] for layer in model.layers]
    fields = {
        name: getattr(model, name) for name in ("kind", "input_shape", "output_shape", "parameters", "loss")
    }
    return {**fields, "layers": layers}


def _read(node: Any, body: memoryview) -> Any:
    if not isinstance(node, dict):
        if isinstance(node, list):
            raise Garbled("A list without a kind.")
        return node
    kind = node["$"]
    if kind in ("list", "tuple"):
        items = [_read(item, body) for item in node["items"]]
        return items if kind == "list" else tuple(items)
    if kind == "dict":
        return {_key(_read(key, body)): _read(item, body) for key, item in node["items"]}
    if kind == "array":
        return _read_array(node, body)
    if kind == "model":
        fields = _read(node["fields"], body)
        layers = tuple(LayerValue(*layer) for layer in fields.pop("layers"))
        return ModelValue(layers=layers, **fields)
    return Opaque(str(node["type"]), str(node["text"]))


def _key(key: Any) -> Any:
    return key if isinstance(key, str | int | float | bool | tuple | None) else str(key)


def _read_array(node: Any, body: memoryview) -> np.ndarray[Any, Any]:
    dtype = np.dtype(str(node["dtype"]))
    shape = tuple(int(size) for size in node["shape"])
    if dtype.kind not in PLAIN_KINDS or min(shape, default=0) < 0:
        raise Garbled(f"An array of dtype {dtype} and shape {shape}.")
    start, num_bytes = int(node["at"]), prod(shape) * dtype.itemsize
    if start < 0 or start + num_bytes > len(body):
        raise Garbled("An array longer than its message.")
    flat = np.frombuffer(body[start : start + num_bytes], dtype=dtype)
    return flat.reshape(shape).copy()
