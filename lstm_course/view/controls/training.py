"""Controls for batches and training."""

from __future__ import annotations

import streamlit as st

from lstm_course.experiment import LOSSES, OPTIMIZERS, ClassWeight, EarlyStopping, Experiment
from lstm_course.view import state
from lstm_course.view.controls.kit import field_of, number, pick, segments, switch


def batch_size() -> None:
    """Choose the samples per gradient step."""
    number("batch_size", "batch_size", 128, "Samples that go through the network together.")


def epochs() -> None:
    """Choose the passes over the training samples."""
    number("epochs", "epochs", 200, "How often the network sees every training sample.")


def shuffle() -> None:
    """Choose whether training samples are shuffled."""
    exp = state.session().exp
    switch(
        "shuffle", "shuffle", exp.shuffled, field_of("shuffle"), "The samples of an epoch in a random order."
    )


def loss() -> None:
    """Choose the loss."""
    options = [None, *LOSSES]
    now = state.session().exp.loss
    pick(
        "loss",
        "Loss",
        options,
        now,
        field_of("loss"),
        "",
        lambda name: name or "the one that fits the labels",
    )


def class_weight() -> None:
    """Choose how much the samples of each class count, where there are classes."""
    exp = state.session().exp
    if not exp.is_classification and exp.class_weight is None:
        return
    options = list(dict.fromkeys((None, "balanced", exp.class_weight)))
    pick(
        "class_weight", "class_weight", options, exp.class_weight, field_of("class_weight"),
        "Balanced: a rare class counts as much in the loss as a frequent one.", _weights,
    )  # fmt: skip


def _weights(given: ClassWeight | None) -> str:
    if given is None or given == "balanced":
        return given or "every sample counts the same"
    return ", ".join(f"class {number} × {weight:g}" for number, weight in given)


def optimizer() -> None:
    """Choose the optimizer."""
    now = state.session().exp.optimizer
    pick(
        "optimizer", "Optimizer", list(OPTIMIZERS), now, field_of("optimizer"), "How gradients become steps."
    )


def learning_rate() -> None:
    """Choose the size of a step."""
    rates = [None, 0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1]
    now = state.session().exp.learning_rate
    options = rates if now in rates else [*rates, now]
    pick(
        "learning_rate",
        "learning_rate",
        options,
        now,
        field_of("learning_rate"),
        "",
        lambda r: r or "Keras's default",
    )


def seed() -> None:
    """Choose the seed."""
    st.number_input(
        "seed", min_value=0, value=state.session().exp.seed, step=1, key=state.bind("seed", state.session().exp.seed),
        help="Weights, order of samples and dropout follow from it.",
        on_change=state.on_change("seed", field_of("seed")),
    )  # fmt: skip


def early_stopping() -> None:
    """Choose whether training stops by itself."""

    def apply(exp: Experiment, on: bool) -> Experiment:
        return exp.change(early_stopping=EarlyStopping() if on else None)

    now = state.session().exp.early_stopping is not None
    switch("early_stopping", "EarlyStopping", now, apply, "Stop when val_loss has not fallen for 10 epochs.")


def reset_state() -> None:
    """Choose when a stateful layer forgets."""
    now = state.session().exp.reset_state
    segments(
        "reset_state",
        "The state is reset",
        ["epoch", "never"],
        now,
        field_of("reset_state"),
        "Before each epoch.",
    )


def clipnorm() -> None:
    """Choose the longest gradient."""
    lengths = [None, 0.1, 0.5, 1.0, 5.0]
    now = state.session().exp.clipnorm
    options = lengths if now in lengths else [*lengths, now]
    pick(
        "clipnorm", "clipnorm", options, now, field_of("clipnorm"), "", lambda length: length or "not clipped"
    )
