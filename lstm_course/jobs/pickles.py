"""Values between processes: what cannot travel is said in a sentence."""

from __future__ import annotations

import io
import pickle

from lstm_course.jobs.interface import Arguments

HEAVY = frozenset({"tensorflow", "keras", "jax", "torch"})


class CannotTravel(TypeError):
    """A value that cannot be sent from one process to another."""


def dump(value: object, what: str) -> bytes:
    """Pickle ``value``; ``what`` names it in the error's sentence.

    Raises:
        CannotTravel: the value cannot be pickled.
    """
    try:
        return pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    except (pickle.PicklingError, TypeError, AttributeError, ValueError, RecursionError) as error:
        raise CannotTravel(
            f"{what} cannot be sent between processes ({error}). "
            "Expected numbers, text, NumPy arrays, or classes defined at the top of a module; "
            "turn the value into one of these first."
        ) from error


def load_arguments(data: bytes) -> Arguments:
    """Unpickle a call's (args, kwargs), in the job's process."""
    args, kwargs = pickle.loads(data)
    return args, kwargs


def load(data: bytes, what: str) -> object:
    """Unpickle a value from a job, in the parent, which must stay light.

    Raises:
        CannotTravel: the value's class cannot be found here, or would bring TensorFlow in.
    """
    try:
        return _LightUnpickler(io.BytesIO(data)).load()
    except CannotTravel as error:
        raise CannotTravel(f"{what} {error}") from error
    except (pickle.UnpicklingError, ImportError, AttributeError, TypeError, ValueError, EOFError) as error:
        raise CannotTravel(
            f"{what} cannot be read by the process that asked for it ({error}). "
            "Return numbers, text or NumPy arrays."
        ) from error


class _LightUnpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> object:
        if module.partition(".")[0] in HEAVY:
            raise CannotTravel(
                f"holds a {module}.{name}, and the process that asked for it does not import "
                f"{module.partition('.')[0]}. Convert it to NumPy arrays first."
            )
        return super().find_class(module, name)
