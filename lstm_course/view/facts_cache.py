"""Facts of the rows, kept while only the network changes: counting rows must not slow a slider down."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import replace

from lstm_course.data import Facts, Sequences, Series, facts_of
from lstm_course.experiment import Experiment

_KEPT = 64
_NETWORK_FIELDS = {
    field: getattr(Experiment(), field)
    for field in (
        "layers", "head", "batch_size", "shuffle", "reset_state", "loss", "class_weight", "metrics", "optimizer",
        "learning_rate", "clipnorm", "epochs", "early_stopping", "seed", "scaling", "scaler_fit", "flat_labels", "lags",
    )
}  # fmt: skip
_known: OrderedDict[tuple[Experiment, int], tuple[Series | Sequences | None, Facts]] = OrderedDict()
_lock = threading.Lock()  # visitors are served by threads of one process


def cached_facts(exp: Experiment, source: Series | Sequences | None = None) -> Facts:
    """Count rows and windows, once for each choice of data and windows.

    Raises:
        DataError: when the data cannot be read as the experiment asks.
    """
    key = replace(exp, **_NETWORK_FIELDS), id(source)
    with _lock:
        if key in _known:
            _known.move_to_end(key)
            return _known[key][1]
    facts = facts_of(exp, source)
    with _lock:
        _known[key] = (source, facts)  # the source is kept so that its id stays its own
        while len(_known) > _KEPT:
            _known.popitem(last=False)
    return facts
