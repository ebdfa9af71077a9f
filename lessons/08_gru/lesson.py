from lstm_course.authoring import (
    GRU,
    LSTM,
    Choice,
    Exercise,
    Experiment,
    Lesson,
    Number,
    Option,
    Order,
    Shape,
    Step,
    measured,
    parameters_of,
    predict,
    supposed,
    weight_shape,
)


def in_place(prediction, layer):
    """The same experiment with one layer in the place of all."""
    return predict(prediction.exp.change(layers=(layer,), head=None)).stage("recurrent-layer-1")


def parameters_with(kind):
    """Parameters of another cell with the same units in the place of the first recurrent layer."""

    def instead(prediction):
        return {"layers": (kind(prediction.exp.recurrent_layers[0].units),), "head": None}

    return supposed(parameters_of("recurrent-layer-1"), instead)


def tensors_of_a_gru():
    """Tensors that leave a GRU with return_state=True."""
    leaving = measured(
        "the tensors that leave a GRU", lambda prediction: 1 + GRU(8).num_states, about="state-tensors"
    )
    return supposed(leaving, lambda prediction: {"layers": (GRU(16),), "head": None})


def gru_units_of_the_budget(prediction):
    """Most units with which a GRU has no more parameters than an LSTM with the learner's units."""
    units = prediction.exp.recurrent_layers[0].units
    stage = in_place(prediction, LSTM(units))
    if stage is None:
        return None
    features, budget = stage.layers[-1].input.last, stage.parameters
    most = units
    while 3 * ((most + 1) * (features + most + 1) + 2 * (most + 1)) <= budget:
        most += 1
    return most if 3 * (most * (features + most) + 2 * most) <= budget else None


ONE_GRU = {"layers": (GRU(16),), "head": None, "labels": "steps"}

LESSON = Lesson(
    slug="gru",
    number=8,
    title="GRU",
    question="What changes when LSTM becomes GRU?",
    minutes=25,
    datasets=("electricity",),
    removes=("GRU is a different kind of network",),
    start=Experiment(dataset="electricity", timesteps=48, stride=4, layers=(GRU(16),), epochs=10),
    steps=(
        Step(
            id="other-cell",
            title="The same diagram, another cell",
            focus="recurrent-layer-1",
            controls=("cell", "units"),
            views=("code-so-far",),
            try_this="Switch between LSTM and GRU, and look for everything that changes outside the layer.",
            questions=(
                Choice(
                    id="what-changes",
                    prompt="An LSTM becomes a GRU with the same units, and nothing else is touched. Which of these "
                    "changes its shape?",
                    options=(
                        Option(
                            "output",
                            "What leaves the layer.",
                            "It has one number for each unit, with or without the timesteps axis. The kind of cell "
                            "has "
                            "no say in that.",
                        ),
                        Option("kernel", "The kernels inside the layer."),
                        Option(
                            "windows",
                            "The windows that go in.",
                            "Both cells read (batch, timesteps, features), one timestep after the other.",
                        ),
                        Option(
                            "labels",
                            "The labels.",
                            "Labels have to fit what the head gives, and the head is given the same shape as before.",
                        ),
                    ),
                    answer=lambda prediction: "kernel",
                    explanation="Three blocks of columns instead of four. Every arrow of the diagram outside the "
                    "layer "
                    "keeps its shape.",
                ),
            ),
        ),
        Step(
            id="update",
            title="The update gate",
            focus="recurrent-layer-1",
            depth="cell",
            controls=("cell", "units"),
            views=("cell-arithmetic",),
            try_this="With a GRU, choose h under “Quantity”, and see the two products that it is the sum of.",
            suggestion=ONE_GRU,
            questions=(
                Choice(
                    id="z-one",
                    prompt="In Keras, z = 1 for a unit of a GRU at some timestep. What is its new h?",
                    options=(
                        Option(
                            "candidate",
                            "The candidate.",
                            "That is z = 0 in Keras. Texts that write (1 − z) at the old state have it the other way "
                            "round.",
                        ),
                        Option(
                            "sum",
                            "The sum of the two.",
                            "The two shares, z and 1 − z, add up to 1. An LSTM can keep all and let in all; a GRU "
                            "cannot.",
                        ),
                        Option("zero", "0.", "A share of 1 of the old state stays. Nothing is set to 0."),
                        Option("old", "The old one."),
                    ),
                    answer=lambda prediction: "old",
                    explanation="1 · h + 0 · h̃ = h: this timestep changes nothing in the unit. So a GRU "
                    "remembers.",
                ),
            ),
        ),
        Step(
            id="one-state",
            title="One state",
            focus="recurrent-layer-1",
            depth="cell",
            controls=("cell", "units"),
            views=("gates-over-time",),
            try_this="With a GRU, find a timestep at which h changes much, and read z there.",
            suggestion=ONE_GRU,
            questions=(
                Choice(
                    id="bounded",
                    prompt="A GRU starts from h = 0, with the default tanh. How large can |h| become over a long "
                    "window?",
                    options=(
                        Option(
                            "grows",
                            "It can grow by up to 1 at each timestep.",
                            "An LSTM's c can, because f and i may both be 1. Here the two shares add up to 1.",
                        ),
                        Option(
                            "two",
                            "Up to 2: the old state plus the candidate.",
                            "They are not added as they are, but with shares z and 1 − z.",
                        ),
                        Option("one", "Never more than 1."),
                    ),
                    answer=lambda prediction: "one",
                    explanation="A mixture of two numbers between −1 and 1 lies between them. So a GRU cannot count "
                    "upwards without end in one unit, as an LSTM's c can.",
                ),
                Number(
                    id="gru-tensors",
                    prompt="How many tensors does `GRU(8, return_state=True)` give, the output counted?",
                    answer=tensors_of_a_gru(),
                    unit="tensors",
                    explanation="The output and h: {right}. An LSTM gives three, because c comes too.",
                ),
            ),
        ),
        Step(
            id="reset",
            title="The reset gate",
            focus="recurrent-layer-1",
            depth="cell",
            controls=("cell", "units"),
            views=("gates-over-time",),
            try_this="With a GRU, choose the reset gate in the diagram, and follow where its value goes.",
            suggestion=ONE_GRU,
            questions=(
                Choice(
                    id="r-zero",
                    prompt="z = 1 and r = 0 for a unit at some timestep. What becomes of its old h?",
                    options=(
                        Option(
                            "reset",
                            "It is set to 0: the reset gate is closed.",
                            "The name misleads. r only hides the old state from the candidate; what stays in h is "
                            "decided by z.",
                        ),
                        Option(
                            "candidate",
                            "It is replaced by the candidate.",
                            "The candidate's share is 1 − z = 0.",
                        ),
                        Option("kept", "It stays: h is what it was."),
                    ),
                    answer=lambda prediction: "kept",
                    explanation="The candidate was made without the old state, but with z = 1 nothing of it is taken.",
                ),
                Order(
                    id="order-of-a-step",
                    prompt="In which order must these be worked out at one timestep?",
                    items=(
                        Option("h", "the new h"),
                        Option("candidate", "the candidate"),
                        Option("gates", "z and r"),
                    ),
                    answer=lambda prediction: ("gates", "candidate", "h"),
                    explanation="The candidate needs r, and the new h needs z and the candidate.",
                ),
            ),
        ),
        Step(
            id="reset-after",
            title="Before or after the product",
            focus="recurrent-layer-1",
            depth="cell",
            controls=("cell", "reset_after", "units"),
            views=("parameters",),
            try_this="With a GRU, switch reset_after, and see which equation and which array change.",
            suggestion=ONE_GRU,
            questions=(
                Shape(
                    id="bias-shape",
                    prompt="What is the shape of the bias of your first recurrent layer, {layer} with {units_text}?",
                    answer=weight_shape("bias"),
                    explanation="A GRU with reset_after=True, the default, has two rows, one for x and "
                    "one for the old state, and in each three blocks side by side. Other cells, and "
                    "reset_after=False, have the blocks alone, on one axis.",
                ),
            ),
        ),
        Step(
            id="kernels",
            title="Three blocks",
            focus="recurrent-layer-1",
            depth="cell",
            controls=("cell", "units"),
            views=("kernels",),
            try_this="Compare the blocks of a GRU with those of an LSTM.",
            questions=(
                Choice(
                    id="which-block",
                    prompt="Which columns of a GRU's joined kernel make the update gate z, with {units_text}?",
                    options=(
                        Option("first", "The first {units}."),
                        Option(
                            "second",
                            "The second {units}.",
                            "These make r. Keras's order is z, r, h; PyTorch's is r, z, n.",
                        ),
                        Option("third", "The last {units}.", "These make the candidate."),
                    ),
                    answer=lambda prediction: "first",
                    explanation="z, r, h in Keras. PyTorch begins with r: whoever moves weights from one to the other "
                    "has to exchange two blocks, and nothing raises if it is forgotten.",
                ),
            ),
        ),
        Step(
            id="parameters",
            title="Parameters, side by side",
            focus="recurrent-layer-1",
            controls=("cell", "units", "timesteps"),
            views=("parameters",),
            try_this="Write down the count of each of the three cells with the same units.",
            questions=(
                Number(
                    id="own-parameters",
                    prompt="Your first recurrent layer is {layer} with {units_text}; one sample has the shape "
                    "{window_shape}. How many parameters does it have?",
                    answer=parameters_of("recurrent-layer-1"),
                    unit="parameters",
                    explanation="{parameter_formula}.",
                ),
                Number(
                    id="lstm-parameters",
                    prompt="And how many would an LSTM with the same {units_text} have in this place?",
                    answer=parameters_with(LSTM),
                    unit="parameters",
                    explanation="4 · (u · (f + u) + u) = {right}: four blocks, each with one bias.",
                ),
            ),
        ),
        Step(
            id="same-budget",
            title="What is held equal",
            focus="recurrent-layer-1",
            controls=("cell", "units"),
            views=("parameters",),
            try_this="Give a GRU as many parameters as an LSTM with 16 units has, as nearly as you can.",
            questions=(
                Number(
                    id="budget-units",
                    prompt="An LSTM with {units_text} in this place sets the budget. With how many units, at most, "
                    "does a GRU stay within that number of parameters?",
                    answer=measured(
                        "the units of a GRU within the budget",
                        gru_units_of_the_budget,
                        about="gru-units-of-a-budget",
                    ),
                    unit="units",
                    explanation="With {right}: one more, and the GRU is above the LSTM. For wide layers the ratio of "
                    "the units is about √(4/3) ≈ 1.15, because the parameters grow with the square of the units.",
                ),
            ),
        ),
        Step(
            id="gradient",
            title="How far back, once more",
            focus="recurrent-layer-1",
            controls=("cell", "seed", "epochs"),
            views=("gradient-over-lags", "train"),
            try_this="Read the right end of each curve. Then train, and read your own cell's again.",
            questions=(
                Choice(
                    id="fresh-z",
                    prompt="In a fresh GRU all biases are 0 and the sums are small. About how large is z, and what "
                    "does "
                    "the direct way leave of the gradient after 10 timesteps?",
                    options=(
                        Option("half", "0.5, and about a thousandth."),
                        Option(
                            "one",
                            "1, and all of it.",
                            "A sigmoid is 1 only for very large sums. Of 0 it is 0.5.",
                        ),
                        Option(
                            "forget",
                            "0.73, and about a twentieth.",
                            "That is the LSTM's forget gate, whose bias starts at 1. A GRU's biases all start at 0.",
                        ),
                        Option("zero", "0, and nothing.", "A sigmoid of 0 is 0.5, not 0."),
                    ),
                    answer=lambda prediction: "half",
                    explanation="0.5 to the power of 10 is 1/1024. Keras has no argument like unit_forget_bias for "
                    "the GRU.",
                ),
            ),
        ),
        Step(
            id="compare",
            title="The three on the same windows",
            controls=("seed", "units", "epochs", "timesteps"),
            views=("compare",),
            try_this="Start the six trainings. Compare the distance between cells with that between seeds.",
            questions=(
                Choice(
                    id="enough",
                    prompt="With one seed each, the GRU has a test error 3 % below the LSTM's. What do you know?",
                    options=(
                        Option(
                            "better",
                            "That the GRU is better on these data, by 3 %.",
                            "One training is one draw. First see how far apart two seeds of the same cell are.",
                        ),
                        Option("little", "Little: two seeds of a cell may differ as much."),
                        Option(
                            "always",
                            "That the GRU is the better cell.",
                            "These are one data set, one window, one training of each. None of this speaks of others.",
                        ),
                    ),
                    answer=lambda prediction: "little",
                    explanation="Only when the difference is large beside the spread over seeds is it worth a word, "
                    "and "
                    "then for these data and settings.",
                ),
            ),
        ),
        Step(
            id="time",
            title="Is it faster?",
            controls=("units", "timesteps"),
            views=("compare",),
            try_this="Read the column of seconds, and compare its ratios with those of the parameters.",
            questions=(
                Choice(
                    id="ratio-of-time",
                    prompt="A GRU has about three quarters of an LSTM's parameters. Does an epoch take three "
                    "quarters of "
                    "the time?",
                    options=(
                        Option(
                            "yes",
                            "Yes, since every parameter is one multiplication.",
                            "One multiplication per timestep and sample; but in small layers starting each step of "
                            "the "
                            "loop costs more than its multiplications.",
                        ),
                        Option("measure", "That does not follow; it has to be measured."),
                        Option(
                            "never",
                            "No: a GRU is always as slow as an LSTM.",
                            "In wide layers the arithmetic counts, and the GRU has less of it. What holds for yours, "
                            "the measurement says.",
                        ),
                    ),
                    answer=lambda prediction: "measure",
                    explanation="The number of timesteps is the same for both, and each waits for the one before. How "
                    "much of the time is arithmetic depends on widths, batch size and machine.",
                ),
            ),
        ),
        Step(
            id="code",
            title="The code so far",
            views=("code-so-far",),
            try_this="Copy the program, exchange the name of the cell, and run both.",
        ),
    ),
    recall_questions=(
        Choice(
            id="recall-states",
            prompt="What does `GRU(8, return_state=True)` give beside its output?",
            options=(
                Option("h-c", "h and c", "c is the LSTM's memory. A GRU has one state, h."),
                Option(
                    "z-r", "z and r", "Gates are worked out anew at each timestep and never leave the layer."
                ),
                Option("h", "h"),
                Option(
                    "nothing",
                    "Nothing",
                    "return_state=True hands out each state of the cell; a GRU has one, h.",
                ),
            ),
            answer=lambda prediction: "h",
            explanation="One state, h: so two tensors in all, where an LSTM gives three.",
        ),
        Number(
            id="recall-lstm-count",
            prompt="How many parameters would an LSTM with {units_text} have in the place of your first recurrent "
            "layer?",
            answer=parameters_with(LSTM),
            unit="parameters",
            explanation="4 · (u · (f + u) + u) = {right}.",
        ),
        Number(
            id="recall-gru-count",
            prompt="How many parameters would a GRU with {units_text} and reset_after=True have in the place of your "
            "first recurrent layer?",
            answer=parameters_with(GRU),
            unit="parameters",
            explanation="3 · (u · (f + u) + 2u) = {right}: three blocks, each with two biases.",
        ),
        Choice(
            id="recall-update",
            prompt="In Keras's GRU, what does z near 0 mean for a unit?",
            options=(
                Option(
                    "keep",
                    "Its state stays.",
                    "That is z near 1: z is the share of the old state.",
                ),
                Option(
                    "hidden",
                    "Its state is kept but not shown.",
                    "That is an LSTM's output gate near 0. A GRU shows all of its state.",
                ),
                Option("new", "Its state is replaced by the candidate."),
            ),
            answer=lambda prediction: "new",
            explanation="h = z · h + (1 − z) · h̃: with z = 0 the candidate alone is left.",
        ),
    ),
    exercises=(
        Exercise(name="complete_the_update", title="The line of the update gate", kind="faded"),
        Exercise(name="write_the_gru", title="A GRU in NumPy", kind="free"),
        Exercise(
            name="repair_the_handover",
            title="From LSTM to GRU",
            kind="debugging",
            seconds=40.0,
        ),
    ),
    sources=(
        "K. Cho et al. (2014), Learning Phrase Representations using RNN Encoder-Decoder for Statistical Machine "
        "Translation",
        "J. Chung, C. Gulcehre, K. Cho and Y. Bengio (2014), Empirical Evaluation of Gated Recurrent Neural Networks "
        "on "
        "Sequence Modeling (LSTM and GRU compared, without a winner on all tasks)",
        "Keras 3 source: keras.layers.GRUCell.call (reset_after)",
        "Electricity demand of Victoria, 2014: AEMO; Hyndman & Athanasopoulos",
    ),
    summary="A GRU is the same layer with another cell: one state h, two gates, three blocks of weights. z says how "
    "much of "
    "the old state stays, r how much of it the candidate sees. Your first layer has {layer_parameters} parameters. "
    "Which "
    "cell forecasts better is a question to the data, asked with several seeds.",
)
