"""The fixed words that a lesson may use for controls, views, depths and places in the diagram.

A lesson names what a page should show; the page decides how. Both sides hold to this list.
"""

from __future__ import annotations

from collections.abc import Mapping

STAGES: tuple[str, ...] = (
    "raw-data", "scaling", "windowing", "labels", "batching", "input-layer",
    "recurrent-layer-1", "recurrent-layer-2", "recurrent-layer-3", "recurrent-layer-4",
    "between-layers", "between-layers-2", "between-layers-3", "head", "loss", "state", "prediction", "saving",
)  # fmt: skip
"""Ids of the places in the diagram that a step may light."""

BESIDE: tuple[str, ...] = ("state", "prediction", "saving")
"""Places beside the lanes, which every experiment has."""

DEPTHS: tuple[str, ...] = ("whole", "layer", "cell", "number")
"""How deep the diagram is opened."""

CONTROLS: Mapping[str, str] = {
    "dataset": "which data set",
    "group": "which series of a data set that holds several",
    "features": "columns that go in",
    "targets": "columns to forecast",
    "absent": "whether missing time stamps become rows without values",
    "missing": "what becomes of missing values",
    "limits": "values outside which a reading counts as missing",
    "split": "shares of training, validation and test",
    "scaling": "kind of scaling",
    "scaler_fit": "rows that the scaler sees",
    "timesteps": "rows in one window",
    "horizon": "rows ahead to forecast",
    "stride": "rows from one window to the next",
    "lags": "axis on which the rows of a window lie",
    "border": "whether a window may begin in the part before",
    "gap_windows": "what becomes of windows that hold a missing value",
    "padding": "where short sequences are filled up",
    "pad_value": "value they are filled up with",
    "masking": "whether recurrent layers skip the padding",
    "labels": "kind of label",
    "flat_labels": "whether labels (samples, 1) lose their last axis",
    "cell": "LSTM, GRU or SimpleRNN in every recurrent layer",
    "layers": "the list of layers",
    "units": "units of the first recurrent layer",
    "return_sequences": "every output of the last recurrent layer, or only the last one",
    "return_state": "whether the last state leaves the layer too",
    "go_backwards": "whether the window is read from its end",
    "stateful": "whether the state is kept from batch to batch",
    "bidirectional": "whether the first recurrent layer reads in both directions",
    "merge_mode": "how the two directions become one",
    "activation": "function of the candidate and of the cell state",
    "recurrent_activation": "function of the gates",
    "use_bias": "whether the layer adds a bias",
    "unit_forget_bias": "whether the forget gate's bias begins at 1",
    "reset_after": "where a GRU's reset gate acts",
    "dropout": "share of the input that is dropped",
    "recurrent_dropout": "share of the state that is dropped",
    "initializers": "first values of the weights",
    "regularizers": "penalties on the weights",
    "constraints": "rules that the weights obey",
    "unroll": "whether the loop over timesteps is written out",
    "head": "layers that make the output",
    "loss": "how output and labels are compared",
    "class_weight": "how much the samples of each class count",
    "batch_size": "samples in one gradient step",
    "shuffle": "whether the samples are shuffled",
    "reset_state": "when a stateful layer forgets",
    "optimizer": "how gradients become steps",
    "learning_rate": "size of a step",
    "clipnorm": "longest gradient",
    "epochs": "passes over the training samples",
    "early_stopping": "when to stop before the last epoch",
    "seed": "seed of weights, order and dropout",
}
"""Names of the controls that a step may offer, each with what it changes."""

VIEWS: Mapping[str, str] = {
    "series": "the rows as lines over time",
    "table": "the first rows as a table",
    "gaps": "absent rows, missing and suspicious values",
    "split": "which rows train, validate and test",
    "scaling": "values before and after scaling",
    "leakage": "how far the later rows would move the scaler",
    "windows-on-series": "a window that is dragged along the series, with its label",
    "window-tensor": "the sample of the selected window inside the tensor",
    "lags": "the same rows as timesteps and as features",
    "labels": "the labels of the selected window",
    "comparator": "output shape against label shape, axis by axis",
    "loss-terms": "which output is compared with which label",
    "batches": "samples in batches over one epoch",
    "state-lanes": "which sample continues which, batch after batch",
    "gates-over-time": "gates and states of one unit over the timesteps",
    "cell-arithmetic": "one number, with the sum that it comes from",
    "units-over-time": "a heat map of the units over the timesteps",
    "unrolled": "the layer, one copy per timestep",
    "gradient-over-lags": "how much of the gradient reaches each lag",
    "parameters": "where the parameters are",
    "kernels": "the joined kernels, cut into gates",
    "loss-curves": "loss of training and validation, epoch by epoch",
    "forecast": "forecast and truth over time",
    "errors-by-horizon": "error for each step ahead",
    "past-the-end": "forecasts behind the last row of the data",
    "fed-back": "error for each step ahead, given at once and fed back",
    "folds": "walk-forward folds, and the errors on each",
    "baselines": "errors of the forecasts that need no network",
    "lag-detector": "which shift of the forecast fits best",
    "intervals": "the forecast with its prediction intervals",
    "seeds": "the same experiment with several seeds",
    "compare": "the three cells on the same windows",
    "structures": "one layer, two, and one that reads both ways",
    "dropouts": "loss curves without and with dropout, side by side",
    "confusion": "which class was taken for which",
    "padding": "sequences with their padding and their mask",
    "code-so-far": "the plain program for this experiment",
    "train": "start, follow and cancel a training",
    "airline-table": "the five airline models beside the published figures",
    "every-argument": "the table of all arguments",
    "refused-arguments": "what Keras refuses of each argument, and what it takes in silence",
    "speed-of-arguments": "the arguments on which the time of a training depends",
    "checklist": "what the learner's own experiment still lacks",
    "upload": "a CSV of the learner's own",
    "report": "the report to keep",
}
"""Names of the shared charts and panels that a step may show, each with what it shows."""
