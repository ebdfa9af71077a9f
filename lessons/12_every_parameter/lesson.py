from lstm_course.authoring import (
    GRU,
    LSTM,
    Bidirectional,
    Choice,
    Exercise,
    Experiment,
    Lesson,
    Number,
    Option,
    Quantity,
    Shape,
    SimpleRNN,
    Step,
    Tensor,
    measured,
    predict,
    shape_after,
    supposed,
)

NUM_BLOCKS = {LSTM: 4, GRU: 3, SimpleRNN: 1}


def inside(layer):
    return layer.layer if isinstance(layer, Bidirectional) else layer


def changed_layers(prediction, **arguments):
    """The layers with other arguments of the first recurrent one."""
    layers = list(prediction.exp.layers)
    place = next(place for place, layer in enumerate(layers) if type(inside(layer)) in NUM_BLOCKS)
    old = inside(layers[place])
    new = type(old)(**{**vars(old), **arguments})
    wrapper = layers[place]
    layers[place] = Bidirectional(new, wrapper.merge_mode) if isinstance(wrapper, Bidirectional) else new
    return {"layers": tuple(layers)}


def first_shape(prediction):
    """Shapes of the first recurrent layer; None where the network does not reach it."""
    stage = prediction.stage("recurrent-layer-1")
    return stage.layers[0] if stage else None


def num_that_count(prediction):
    """Arguments that change the number of parameters."""
    cell = prediction.exp.recurrent_layers[0]
    return 3 if isinstance(cell, GRU) and cell.use_bias else 2


def bias_size(prediction):
    """Parameters that the bias makes."""
    fields = [changed_layers(prediction, use_bias=use_bias) for use_bias in (True, False)]
    sizes = [first_shape(predict(prediction.exp.change(**each), prediction.facts)) for each in fields]
    return sizes[0].parameters - sizes[1].parameters if None not in sizes else None


def ones_in_bias(prediction):
    """Entries of the first bias that are 1."""
    cell = prediction.exp.recurrent_layers[0]
    if not cell.use_bias:
        return 0
    if cell.bias_initializer == "ones":
        rows = 2 if isinstance(cell, GRU) and cell.reset_after else 1
        return rows * NUM_BLOCKS[type(cell)] * cell.units
    return cell.units if isinstance(cell, LSTM) and cell.unit_forget_bias else 0


def dropout_mask(prediction):
    """Shape of what dropout draws for one batch."""
    shape = first_shape(prediction)
    return Tensor((shape.input.shape[0], shape.input.shape[-1]), ("batch", "features")) if shape else None


def penalised(prediction):
    """Weights in the sum of a recurrent_regularizer."""
    shape = first_shape(prediction)
    if shape is None:
        return None
    return next(
        rows * columns
        for rows, columns in (
            weight.shape for weight in shape.weights if weight.name.endswith("recurrent_kernel")
        )
    )


def other_sequences(prediction):
    """The layers with the other value of return_sequences."""
    cell = prediction.exp.recurrent_layers[0]
    return changed_layers(prediction, return_sequences=not cell.return_sequences)


LESSON = Lesson(
    slug="every-parameter",
    number=12,
    title="Every parameter",
    question="What do all the other arguments do?",
    minutes=25,
    datasets=("air_passengers",),
    removes=("the defaults don't matter",),
    needs="any",
    start=Experiment(
        dataset="air_passengers",
        timesteps=12,
        layers=(LSTM(16),),
        batch_size=16,
        epochs=60,
        learning_rate=0.01,
    ),
    steps=(
        Step(
            id="the-table",
            title="All arguments in one table",
            focus="recurrent-layer-1",
            controls=("cell", "units"),
            views=("every-argument",),
            try_this="Change the cell and look which rows come and which go. Above the table, choose what to read.",
            questions=(
                Number(
                    id="change-the-count",
                    prompt="How many arguments of your {layer}, do you think, change its number of parameters?",
                    answer=measured(
                        "the arguments that change the number of parameters",
                        num_that_count,
                        about="counting-arguments",
                    ),
                    unit="arguments",
                    explanation="They are `units` and `use_bias`; for a GRU that has a bias also `reset_after`. All "
                    "the others leave the weights as many as they are, and change what is done with them.",
                ),
            ),
        ),
        Step(
            id="bias",
            title="With and without a bias",
            focus="recurrent-layer-1",
            controls=("use_bias", "reset_after", "units"),
            views=("parameters",),
            try_this="Switch use_bias off and find the row that leaves the table.",
            questions=(
                Number(
                    id="bias-size",
                    prompt="How many parameters does the bias of your recurrent layer {layer}, with {units_text}, "
                    "make, if it has one?",
                    answer=Quantity(
                        "bias-size", "the parameters of the bias", bias_size, "recurrent-layer-1"
                    ),
                    unit="parameters",
                    explanation="One for each column of the joined kernel, so blocks times units; twice that "
                    "for a GRU with reset_after=True, and twice in Bidirectional.",
                ),
            ),
        ),
        Step(
            id="activations",
            title="The two activations",
            focus="recurrent-layer-1",
            controls=("activation", "recurrent_activation"),
            views=("units-over-time",),
            try_this="Set activation to relu and to linear, and look for values of h outside −1 to 1. Train, and look "
            "again.",
            questions=(
                Choice(
                    id="relu-range",
                    prompt="`activation='relu'` instead of tanh. Which range is left for h?",
                    options=(
                        Option(
                            "unit",
                            "0 to 1: the gates see to it.",
                            "A gate multiplies by a share from 0 to 1. What it multiplies, the candidate or the cell "
                            "state, has no upper limit any more, and a share of it has none either.",
                        ),
                        Option("open", "0 and above, without an upper limit."),
                        Option(
                            "same",
                            "−1 to 1 as before: relu only cuts off what is negative.",
                            "It cuts off what is negative, and leaves what is above 1 as it is. tanh was what kept h "
                            "below 1.",
                        ),
                        Option(
                            "all",
                            "Any number, negative ones too.",
                            "That is linear. relu gives no negative numbers, and gates are not negative either.",
                        ),
                    ),
                    answer=lambda prediction: "open",
                    explanation="Nothing limits h from above, and h goes back into the cell at each timestep. It may "
                    "stay small; where it grows over the timesteps, the loss can become very large or NaN. So relu is "
                    "usual between dense layers and rare in a recurrent one.",
                ),
            ),
        ),
        Step(
            id="initializers",
            title="First values",
            focus="recurrent-layer-1",
            controls=("initializers", "unit_forget_bias", "seed"),
            views=("kernels",),
            try_this="Switch unit_forget_bias off, if your cell has it, and follow the mean of the bias of gate f.",
            questions=(
                Number(
                    id="ones",
                    prompt="Before any training: how many entries of the bias of one {layer}, as yours is set, are "
                    "exactly 1? {units_text}; the bias has the shape {bias_shape}.",
                    answer=Quantity(
                        "first-ones", "the ones in the first bias", ones_in_bias, "recurrent-layer-1"
                    ),
                    unit="entries",
                    explanation="An LSTM with unit_forget_bias=True starts with one block of ones, the second "
                    "of i, f, c, o, as long as its units. A GRU and a SimpleRNN have no such rule: their bias is what "
                    "bias_initializer says.",
                ),
            ),
        ),
        Step(
            id="dropout",
            title="Dropout, inside a recurrent layer",
            focus="recurrent-layer-1",
            controls=("dropout", "recurrent_dropout", "epochs"),
            views=("dropouts",),
            try_this="Train both. In which panel does the training curve end higher? Then compare the errors.",
            questions=(
                Shape(
                    id="mask",
                    prompt="The draw for the inputs is one array of keep or drop, one entry for each sample and "
                    "feature. Which shape has it for your first batch of {batch}, with {timesteps_text} and "
                    "{features_text} chosen?",
                    answer=Quantity(
                        "dropout-mask", "the shape of the draw", dropout_mask, "recurrent-layer-1"
                    ),
                    explanation="No timesteps axis. The same entries are dropped at every timestep of the "
                    "window.",
                ),
                Choice(
                    id="one-feature",
                    prompt="A layer reads windows of a single feature, with `dropout=0.2`. What happens to a sample in "
                    "training?",
                    options=(
                        Option(
                            "some-steps",
                            "About a fifth of its timesteps are zero, other ones in each sample and epoch.",
                            "That would take a new draw at each timestep. There is one draw for each sample and "
                            "feature, so with one feature it is all of its timesteps or none.",
                        ),
                        Option(
                            "whole",
                            "With a chance of one in five, its whole window is zero; else none of it.",
                        ),
                        Option(
                            "smaller",
                            "All its values become a fifth smaller.",
                            "What is kept becomes larger: it is divided by 0.8. Dropping is all or nothing for an "
                            "entry.",
                        ),
                    ),
                    answer=lambda prediction: "whole",
                    explanation="One entry for the sample, used at all timesteps. Such samples teach the network "
                    "nothing about their window, only the mean of their labels. With few features, dropout on the "
                    "input is a strong measure.",
                ),
            ),
        ),
        Step(
            id="penalties",
            title="Penalties and rules",
            focus="recurrent-layer-1",
            controls=("regularizers", "constraints"),
            views=("train",),
            try_this="Train without and with kernel_regularizer l2. Compare the height of the curves, then the errors.",
            questions=(
                Number(
                    id="penalised",
                    prompt="`recurrent_regularizer='l2'` on one {layer} with {units_text} (blocks in its joined "
                    "kernel: {num_gates}): how many squares does its sum have?",
                    answer=Quantity(
                        "penalised", "the weights that are squared", penalised, "recurrent-layer-1"
                    ),
                    unit="squares",
                    explanation="Every weight of the recurrent kernel, {units} × {joined_units}, is squared. The "
                    "kernel and the bias have regularizers of their own.",
                ),
                Choice(
                    id="higher-loss",
                    prompt="With `kernel_regularizer='l2'` the validation loss ends at 0.31, without it at 0.29. Same "
                    "rows, same seed. Which forecast is better on these rows?",
                    options=(
                        Option(
                            "without",
                            "The one without: its loss is smaller.",
                            "0.31 holds the penalty as well, 0.29 does not. The two are not the same quantity.",
                        ),
                        Option("unknown", "The losses cannot tell; compare the errors."),
                        Option(
                            "with",
                            "The one with: a regularizer always helps on rows that were not trained on.",
                            "It may, and it may not. On some data it makes the forecast worse; the errors have to be "
                            "looked at.",
                        ),
                    ),
                    answer=lambda prediction: "unknown",
                    explanation="Keras adds the penalty to the loss that it prints, in validation too. A metric such "
                    "as mse, or the table of errors, leaves it out: that is what can be compared.",
                ),
            ),
        ),
        Step(
            id="what-leaves",
            title="What leaves, and switches that are none",
            focus="recurrent-layer-1",
            controls=("return_sequences", "return_state", "go_backwards", "stateful"),
            views=("comparator",),
            try_this="Turn each switch on and off again, and read what the diagram and the comparator say.",
            questions=(
                Shape(
                    id="other-sequences",
                    prompt="Your first recurrent layer now hands on {recurrent_shape}. What leaves it with the other "
                    "value of return_sequences?",
                    answer=supposed(shape_after("recurrent-layer-1"), other_sequences),
                    explanation="False: the last output only, (batch, units). True: one output for each "
                    "timestep, with a timesteps axis in the middle.",
                ),
                Choice(
                    id="text-false",
                    prompt='`LSTM(8, return_sequences="False")`, with quotation marks, in Keras 3.15. What does it '
                    "return?",
                    options=(
                        Option(
                            "last",
                            "The last output only.",
                            "That would be the value False. This is a text of five letters, and a text that is not "
                            "empty counts as true.",
                        ),
                        Option(
                            "error",
                            "Nothing: Keras raises a TypeError.",
                            "Keras does not check the type of this argument. It only asks whether it counts as true.",
                        ),
                        Option("every", "The output of every timestep."),
                    ),
                    answer=lambda prediction: "every",
                    explanation="The layer is built, and returns (batch, timesteps, 8). Turn texts from a file or a "
                    'command line into values first: `text == "True"`.',
                ),
            ),
        ),
        Step(
            id="refused",
            title="What Keras refuses, and what it takes",
            focus="recurrent-layer-1",
            controls=("cell", "layers"),
            views=("refused-arguments",),
            try_this="Count the rows of the table that say “taken without a word”.",
            questions=(
                Choice(
                    id="which-refused",
                    prompt="Three of these four layers are built without a word. Which one does Keras refuse?",
                    options=(
                        Option(
                            "dropout",
                            "`LSTM(8, dropout=20)`",
                            "It is taken: 20 becomes 1.0, the largest share there is.",
                        ),
                        Option("gates", '`SimpleRNN(8, recurrent_activation="sigmoid")`'),
                        Option(
                            "none",
                            "`GRU(8, activation=None)`",
                            "It is taken: None means linear, no function at all.",
                        ),
                        Option(
                            "l1l2",
                            '`LSTM(8, kernel_regularizer="l1l2")`',
                            "It is taken, with both factors 0: a penalty of nothing.",
                        ),
                    ),
                    answer=lambda prediction: "gates",
                    explanation="A SimpleRNN has no gates and so no such argument: “Unrecognized keyword arguments "
                    "passed to SimpleRNN”. The other three mean something else than their author thought.",
                ),
            ),
        ),
        Step(
            id="speed",
            title="What a fused kernel needs",
            focus="recurrent-layer-1",
            controls=("unroll", "recurrent_dropout", "recurrent_activation", "use_bias", "reset_after"),
            views=("speed-of-arguments",),
            try_this="Turn unroll on, and read in the rows unroll and use_cudnn what that costs on a GPU.",
            questions=(
                Choice(
                    id="which-blocks",
                    prompt="An LSTM with Keras's defaults runs on an NVIDIA GPU. Which single change takes the fused "
                    "kernel from it?",
                    options=(
                        Option(
                            "sequences",
                            "`return_sequences=True`",
                            "The kernel computes every output anyway. Whether all of them leave is decided afterwards.",
                        ),
                        Option(
                            "dropout",
                            "`dropout=0.2`",
                            "This mask is the same at each timestep and acts on the input, before the kernel starts.",
                        ),
                        Option("recurrent", "`recurrent_dropout=0.2`"),
                        Option(
                            "stateful",
                            "`stateful=True`",
                            "The kernel takes any first state. Where it comes from is no matter.",
                        ),
                    ),
                    answer=lambda prediction: "recurrent",
                    explanation="recurrent_dropout acts on h between two timesteps, inside the loop that the fused "
                    "kernel runs by itself. Dropout on the input, return_sequences and the first state lie outside it.",
                ),
            ),
        ),
        Step(
            id="one-at-a-time",
            title="Does it matter here?",
            controls=("units", "dropout", "recurrent_dropout", "activation"),
            views=("seeds",),
            try_this="Train with five seeds, change one argument, train again, and compare the ranges.",
            questions=(
                Choice(
                    id="what-follows",
                    prompt="Suppose: defaults, five seeds, validation RMSE 19 to 24. With `dropout=0.3`, `units=64` "
                    "and `activation='relu'`, five seeds: 12 to 16. What follows?",
                    options=(
                        Option(
                            "relu",
                            "relu is better here than tanh.",
                            "Three things were changed. relu may have made it worse, and the units better by more.",
                        ),
                        Option(
                            "all-three",
                            "Each of the three changes helps, and without any of them it would be less.",
                            "Together they do, on these rows. One of them may do harm that the others outweigh.",
                        ),
                        Option(
                            "together", "The three together are better here; which of them did it is open."
                        ),
                        Option(
                            "nothing",
                            "Nothing: seeds always scatter.",
                            "They do, and the ranges show how far: 19 to 24 and 12 to 16 do not overlap. That is a "
                            "difference.",
                        ),
                    ),
                    answer=lambda prediction: "together",
                    explanation="The ranges lie apart, so there is a difference. To say what makes it, take the "
                    "changes back one by one, with the same seeds.",
                ),
            ),
        ),
        Step(
            id="the-code",
            title="The code so far",
            views=("code-so-far",),
            try_this="Find the line of your recurrent layer, and name three defaults that it does not say.",
        ),
    ),
    recall_questions=(
        Choice(
            id="recall-none",
            prompt="What does `activation=None` mean for an LSTM in Keras?",
            options=(
                Option("linear", "No function: linear."),
                Option(
                    "tanh",
                    "The default, tanh.",
                    "The default applies where the argument is left out. None is a value, and means linear.",
                ),
                Option(
                    "refused",
                    "It is refused.",
                    "Keras takes it without a word; h then has no limit in either direction.",
                ),
            ),
            answer=lambda prediction: "linear",
            explanation="None is passed on and read as linear. Leave the argument out to get tanh.",
        ),
        Choice(
            id="recall-mask",
            prompt="How often does `dropout` of a recurrent layer draw what it drops from a window?",
            options=(
                Option(
                    "steps",
                    "At every timestep.",
                    "The draw is kept for the whole window: what is dropped at the first timestep is dropped at the "
                    "last.",
                ),
                Option("once", "Once for each sample, for all its timesteps."),
                Option(
                    "epoch",
                    "Once for each epoch.",
                    "Each batch gets a new draw, so a window that comes again in the next epoch loses something else.",
                ),
            ),
            answer=lambda prediction: "once",
            explanation="One entry for each sample and feature; with one feature, a window is kept whole or dropped "
            "whole.",
        ),
        Choice(
            id="recall-fused",
            prompt="Which of these arguments keeps an LSTM from the fused GPU kernel?",
            options=(
                Option(
                    "sequences",
                    "return_sequences=True",
                    "The kernel computes all outputs anyway.",
                ),
                Option("unroll", "unroll=True"),
                Option(
                    "state",
                    "return_state=True",
                    "The last state is there anyway; it only leaves as well.",
                ),
            ),
            answer=lambda prediction: "unroll",
            explanation="unroll writes the loop out as single operations, which is the opposite of one fused call. "
            "tanh, sigmoid, a bias and recurrent_dropout=0 are needed as well.",
        ),
    ),
    exercises=(
        Exercise(name="complete_the_bias", title="The first bias", kind="faded"),
        Exercise(name="what_blocks_the_kernel", title="Fused or not", kind="free"),
        Exercise(name="repair_the_settings", title="Settings from a file", kind="debugging"),
    ),
    sources=(
        "Keras 3 API: keras.layers.LSTM, GRU, SimpleRNN (arguments, defaults, requirements of the cuDNN kernel)",
        "Keras 3.15, layers/rnn: what is clamped, taken or refused, measured on it",
        "Jozefowicz, Zaremba & Sutskever (2015), An Empirical Exploration of Recurrent Network Architectures (forget "
        "bias of 1)",
        "Gal & Ghahramani (2016), A Theoretically Grounded Application of Dropout in Recurrent Neural Networks (one "
        "draw for all timesteps)",
    ),
    summary="Most arguments change no shape and no count, only numbers: so look them up, and read `get_config()` for "
    "what arrived. Keras refuses names that it does not know, and takes wrong values without a word: `dropout=20`, "
    "`activation=None`, the text 'False'. Whether an argument helps here, only several seeds with that one change can "
    "say.",
)
