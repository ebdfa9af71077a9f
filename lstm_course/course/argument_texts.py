"""What each argument of LSTM, GRU and SimpleRNN does, in words that hold for every experiment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

NO_SPEED = "No difference worth measuring."
ONLY_IN_TRAINING = "In training only; a forecast drops nothing."


@dataclass(frozen=True)
class ArgumentText:
    """What can be said of an argument without knowing the experiment."""

    does: str  # what it does, in one sentence
    output: str  # what it does to the numbers that leave
    speed: str = NO_SPEED  # what it does to the time that a training takes
    refused: str = ""  # what Keras refuses, and how it says so; or what it takes without a word


def _weights(part: str) -> str:
    return {"kernel": "kernel", "recurrent": "recurrent kernel", "bias": "bias"}[part]


def _initializer(part: str, note: str) -> ArgumentText:
    return ArgumentText(
        does=f"The rule by which the first values of the {_weights(part)} are drawn.",
        output=note,
        refused="An unknown name: “Could not interpret initializer identifier: glorot”.",
    )


def _regularizer(part: str) -> ArgumentText:
    return ArgumentText(
        does=f"A penalty on the {_weights(part)} that is added to the loss, in training and in validation.",
        output="None at first; training is drawn towards smaller weights. 'l2' is 0.01 times the sum of the squares.",
        refused="A bare number: “Could not interpret regularizer identifier: 0.01”; write keras.regularizers.L2(0.01). "
        "Taken without a word: the text 'l1l2', whose two factors are 0.",
    )


def _constraint(part: str) -> ArgumentText:
    return ArgumentText(
        does=f"A rule that is enforced on the {_weights(part)} after each gradient step.",
        output="None before the first step; afterwards the weights obey the rule. 'max_norm' cuts columns to length 2.",
        refused="An unknown name: “Could not interpret constraint identifier: max”.",
    )


TEXTS: Mapping[str, ArgumentText] = {
    "units": ArgumentText(
        does="The length of the state h, and so of each output vector.",
        output="More numbers in each output vector; no more and no fewer timesteps.",
        speed="The products with the recurrent kernel grow with the square of units.",
        refused="LSTM(0): “expected a positive integer, got 0”. LSTM((10, 5)): “'<=' not supported between "
        "instances of 'tuple' and 'int'”.",
    ),
    "activation": ArgumentText(
        does="The function of the candidate and, in an LSTM, of the cell state before it leaves as h.",
        output="tanh keeps h between −1 and 1; relu and linear set no upper limit.",
        speed="A fused GPU kernel needs tanh.",
        refused="An unknown name: “Could not interpret activation function identifier: tahn”. Taken without a word: "
        "None, which means linear and not the default.",
    ),
    "recurrent_activation": ArgumentText(
        does="The function of the gates.",
        output="sigmoid keeps a gate between 0 (closed) and 1 (open); other functions may leave that range.",
        speed="A fused GPU kernel needs sigmoid.",
        refused="SimpleRNN has no gates: “Unrecognized keyword arguments passed to SimpleRNN”.",
    ),
    "use_bias": ArgumentText(
        does="Whether each gate and the candidate get a number added that no input changes.",
        output="Without a bias, an input of zeros and a state of zeros give an output of zeros (with tanh).",
        speed="A fused GPU kernel needs the bias.",
        refused="Taken without a word: use_bias=False with a bias_regularizer or a bias_constraint, which then act on "
        "nothing.",
    ),
    "kernel_initializer": _initializer(
        "kernel", "Other first values, other outputs before training, and another course of it."
    ),
    "recurrent_initializer": _initializer(
        "recurrent", "orthogonal draws orthonormal rows; the scale decides whether a state fades or grows at first."
    ),
    "bias_initializer": _initializer(
        "bias", "An LSTM's forget block starts at 1 all the same as long as unit_forget_bias is True."
    ),
    "unit_forget_bias": ArgumentText(
        does="Whether the forget block of the bias starts at 1 instead of the value of bias_initializer.",
        output="A forget gate near sigmoid(1) = 0.73 at first, so that the cell state fades more slowly than at 0.5.",
        refused="LSTM only. GRU: “Unrecognized keyword arguments passed to GRU: {'unit_forget_bias': True}”.",
    ),
    "kernel_regularizer": _regularizer("kernel"),
    "recurrent_regularizer": _regularizer("recurrent"),
    "bias_regularizer": _regularizer("bias"),
    "activity_regularizer": ArgumentText(
        does="A penalty on the outputs of the layer, as a mean over the batch, that is added to the loss.",
        output="None at first; training is drawn towards smaller outputs.",
        refused="A bare number: “Could not interpret regularizer identifier: 0.01”.",
    ),
    "kernel_constraint": _constraint("kernel"),
    "recurrent_constraint": _constraint("recurrent"),
    "bias_constraint": _constraint("bias"),
    "dropout": ArgumentText(
        does="The probability that an input is set to zero, drawn per sample and feature, for the whole window.",
        output=f"{ONLY_IN_TRAINING} What is kept is divided by 1 − dropout.",
        speed="One more product; the fused GPU kernel stays possible.",
        refused="Taken without a word: values below 0 and above 1 become 0 and 1; and 1 drops nothing in LSTM and "
        "GRU without the fused kernel.",
    ),
    "recurrent_dropout": ArgumentText(
        does="The probability that a unit of h is set to zero where it enters the gates, drawn for the whole window.",
        output=f"{ONLY_IN_TRAINING} The cell state c of an LSTM is not dropped.",
        speed="A fused GPU kernel needs 0. With any other value LSTM and GRU multiply the kernels gate by gate.",
        refused="Taken without a word: values below 0 and above 1 become 0 and 1.",
    ),
    "seed": ArgumentText(
        does="The seed of dropout and recurrent_dropout, and of nothing else.",
        output="None without dropout: the first weights are not drawn with it.",
        refused="1.5: “Argument `seed` must be an integer. Received: seed=1.5”.",
    ),
    "return_sequences": ArgumentText(
        does="Whether the output of every timestep leaves the layer, or the last one only.",
        output="The same numbers; with True the earlier outputs come too.",
        speed="The recurrent loop is the same; the layers above get more to do.",
        refused="A recurrent layer above False: “expected ndim=3, found ndim=2”. Taken without a word: the text "
        "'False', which counts as True.",
    ),
    "return_state": ArgumentText(
        does="Whether the last state leaves the layer beside its output: h and c for an LSTM, h for the others.",
        output="The same output, and the states after it in a list.",
        refused="A layer above it in Sequential: “Layer \"dense\" expects 1 input(s), but it received 3 input "
        "tensors” (2 for GRU and SimpleRNN).",
    ),
    "go_backwards": ArgumentText(
        does="Whether the window is read from its last timestep to its first.",
        output="Other numbers; with return_sequences they come in the order of reading, the last timestep first.",
    ),
    "stateful": ArgumentText(
        does="Whether row i of a batch starts from the state in which row i of the batch before ended.",
        output="Depends on the batches that came before, until reset_state().",
        refused="No batch size in Input: “When using `stateful=True` in a RNN, the batch size must be static”. Taken "
        "without a word: shuffled samples.",
    ),
    "unroll": ArgumentText(
        does="Whether the loop over timesteps is written out as one copy of the cell per timestep.",
        output="The same numbers, up to rounding.",
        speed="A fused GPU kernel needs False. True can be faster on short windows, takes longer to compile and more "
        "memory.",
    ),
    "reset_after": ArgumentText(
        does="Whether the reset gate acts after the product with the recurrent kernel (True) or on h before it.",
        output="Other numbers: the two are different functions of the same kernels.",
        speed="A fused GPU kernel needs True.",
        refused="GRU only. LSTM: “Unrecognized keyword arguments passed to LSTM: {'reset_after': True}”.",
    ),
    "use_cudnn": ArgumentText(
        does="Whether the fused GPU kernel is used where possible (auto), always (True) or never (False).",
        output="The same numbers, up to rounding.",
        speed="On a GPU the fused kernel does all timesteps in one call; without an NVIDIA GPU auto and False are the "
        "same.",
        refused="True where the kernel is not possible: “use_cudnn=True was specified, but cuDNN is not supported for "
        "this layer configuration with this backend.”",
    ),
    "**kwargs": ArgumentText(
        does="name, dtype and trainable, which every Keras layer takes: its name in the summary, the type of its "
        "numbers, and whether training changes its weights.",
        output="dtype='float16' gives coarser numbers; name and trainable change none.",
        speed="trainable=False saves the update of the layer's weights; dtype may matter on a GPU.",
        refused="Any other name: “Unrecognized keyword arguments passed to …”, batch_size and time_major among them. "
        "input_shape is taken, with a warning.",
    ),
}  # fmt: skip
"""Every argument by its name; `**kwargs` stands for what all layers take."""
