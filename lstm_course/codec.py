"""An Experiment as a dictionary, as JSON and as the query of a link, and back.

Only what differs from the defaults is written, and layers are written as the calls that make them, so a
link stays readable: `?timesteps=24&layers=LSTM(32, return_sequences=True); LSTM(16)`. Reading never
evaluates code: calls are parsed, and only the names of layers and literal arguments are accepted.
"""

from __future__ import annotations

import ast
import dataclasses
import json
from collections.abc import Mapping
from typing import Any

from lstm_course.experiment import EarlyStopping, Experiment, Split
from lstm_course.layers import LAYERS, Layer
from lstm_course.problems import ProblemError, shown

_DEFAULT = Experiment()
_FIELDS = {field.name: field for field in dataclasses.fields(Experiment)}
_PARTS: dict[str, type[Split] | type[EarlyStopping]] = {"split": Split, "early_stopping": EarlyStopping}
_MAX_TEXT = 4_000  # longer layers are no network that somebody made by hand
_MAX_JSON = 200_000  # room for the names of hundreds of columns
_MAX_DEPTH = 4  # an experiment's deepest value is a list of limits


def to_dict(exp: Experiment) -> dict[str, Any]:
    """Write an Experiment as plain values for JSON; defaults are left out.

    >>> to_dict(Experiment(timesteps=24))
    {'timesteps': 24}
    """
    changed = {name: getattr(exp, name) for name in _FIELDS if getattr(exp, name) != getattr(_DEFAULT, name)}
    return {name: _plain(value) for name, value in changed.items()}


def from_dict(values: Mapping[str, Any]) -> Experiment:
    """Read what `to_dict` wrote.

    Raises:
        ProblemError: when a field is unknown or a value makes no sense.
    """
    unknown = sorted(map(str, set(values) - set(_FIELDS)))
    if unknown:
        raise ProblemError(f"An Experiment has no field {shown(', '.join(unknown))}.")
    return Experiment(**{name: _value(name, plain) for name, plain in values.items()})


def to_json(exp: Experiment) -> str:
    """Write an Experiment as JSON."""
    return json.dumps(to_dict(exp), sort_keys=True)


def from_json(text: str) -> Experiment:
    """Read an Experiment from JSON.

    Raises:
        ProblemError: when the text is no JSON object of an Experiment.
    """
    values = _json("This", text)
    if not isinstance(values, dict):
        raise ProblemError("This is no experiment: expected a JSON object with its fields.")
    return from_dict(values)


def to_query(exp: Experiment) -> dict[str, str]:
    """Write an Experiment as the query of a link.

    >>> to_query(Experiment(batch_size=8))
    {'batch_size': '8'}
    """
    return {
        name: value if isinstance(value, str) else json.dumps(value) for name, value in to_dict(exp).items()
    }


def from_query(query: Mapping[str, str]) -> Experiment:
    """Read an Experiment from the query of a link; fields that are not named keep their defaults.

    Raises:
        ProblemError: when the link was cut or changed by hand into something that makes no sense.
    """
    return from_dict({name: _unquoted(name, text) for name, text in query.items() if name in _FIELDS})


def parse_layers(text: str) -> tuple[Layer, ...]:
    """Read layers from the calls that make them, separated by semicolons.

    >>> parse_layers("LSTM(8, return_sequences=True); Dense(1)")
    (LSTM(units=8, ...), Dense(units=1, ...))

    Raises:
        ProblemError: when the text is anything but calls of known layers with literal arguments.
    """
    if len(text) > _MAX_TEXT:
        raise ProblemError(
            f"The text of the layers has {len(text):,} characters; at most {_MAX_TEXT:,} are read."
        )
    try:
        body = ast.parse(text.strip()).body
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        raise ProblemError(
            f"{shown(text)} is no list of layers; write for example LSTM(32); Dense(1)."
        ) from error
    return tuple(
        _layer(statement.value if isinstance(statement, ast.Expr) else statement) for statement in body
    )


def _layer(node: ast.AST) -> Layer:
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in LAYERS):
        raise ProblemError(
            f"Expected a call of one of {', '.join(LAYERS)}, such as LSTM(32); got {_written(node)}."
        )
    kind = LAYERS[node.func.id]
    arguments = [_argument(value) for value in node.args]
    named: dict[str, Any] = {}
    for keyword in node.keywords:
        if keyword.arg is None or keyword.arg in named:
            raise ProblemError(f"{kind.__name__}: name each argument once, as in units=32.")
        named[keyword.arg] = _argument(keyword.value)
    try:
        return kind(*arguments, **named)
    except TypeError as error:
        raise ProblemError(f"{kind.__name__}: {_call_error(kind, error)}.") from error


def _written(node: ast.AST) -> str:
    try:
        return shown(ast.unparse(node))
    except RecursionError:
        return f"a deeply nested {type(node).__name__}"


def _call_error(kind: type[Layer], error: TypeError) -> str:
    known = ", ".join(field.name for field in dataclasses.fields(kind)) or "none"
    return f"{str(error).replace(f'{kind.__name__}.__init__() ', '')}; its arguments are {known}"


def _argument(node: ast.expr) -> Any:
    if isinstance(node, ast.Call):
        return _layer(node)
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError) as error:
        raise ProblemError(
            "An argument of a layer is no plain value; use numbers, names in quotes, True or False."
        ) from error


def _plain(value: Any) -> Any:
    if isinstance(value, tuple) and value and isinstance(value[0], Layer):
        return "; ".join(layer.code for layer in value)
    if isinstance(value, Split | EarlyStopping):
        return dataclasses.asdict(value)
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


def _value(name: str, plain: Any) -> Any:
    if name in ("layers", "head") and plain is not None:
        return () if plain == [] else parse_layers(_text(name, plain))
    if name in _PARTS and plain is not None:
        return _part(name, plain)
    return _tuples(plain)


def _text(name: str, plain: Any) -> str:
    if not isinstance(plain, str):
        raise ProblemError(f"{name}={shown(plain)}: expected the calls as text, such as 'LSTM(32)'.")
    return plain


def _part(name: str, plain: Any) -> Split | EarlyStopping:
    kind = _PARTS[name]
    known = [field.name for field in dataclasses.fields(kind)]
    if not isinstance(plain, dict) or set(plain) - set(known):
        raise ProblemError(f"{name}={shown(plain)}: expected an object with {', '.join(known)}.")
    return kind(**plain)


def _tuples(plain: Any, depth: int = 0) -> Any:
    if depth > _MAX_DEPTH:
        raise ProblemError(f"{shown(plain)}: no field of an Experiment holds lists nested that deep.")
    return tuple(_tuples(item, depth + 1) for item in plain) if isinstance(plain, list) else plain


def _json(what: str, text: str) -> Any:
    if len(text) > _MAX_JSON:
        raise ProblemError(f"{what} has {len(text):,} characters; at most {_MAX_JSON:,} are read.")
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else "a number or a nesting is too long"
        raise ProblemError(f"{what} is not readable as an experiment: {reason}.") from error


def _unquoted(name: str, text: str) -> Any:
    if isinstance(getattr(_DEFAULT, name), str) or name in ("layers", "group", "loss"):
        return text if text != "null" else None
    if name in ("head", "class_weight") and text[:1] not in ("[", "n"):
        return text
    return _json(f"{name}={shown(text)} in the link", text)
