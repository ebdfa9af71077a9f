from lstm_course.authoring import (
    LSTM,
    Choice,
    Exercise,
    Experiment,
    Lesson,
    Number,
    Option,
    Order,
    Quantity,
    Shape,
    Split,
    Step,
    Tensor,
    last_batch_size,
    measured,
    rows_of,
    shape_after,
    steps_per_epoch,
    supposed,
)

THIRD_BATCH = 2  # counted from 0
ROWS_APART = 3  # stride of a supposed series of windows


def state_shape(prediction):
    """Shape of h for one full batch."""
    stage = prediction.stage("recurrent-layer-1")
    if stage is None:
        return None
    units = prediction.exp.recurrent_layers[0].units
    return Tensor((prediction.label.shape[0], units), ("batch", "units"))


def third_of_lane(prediction):
    """Sample in row 0 of the third batch, counted from 0."""
    sample = THIRD_BATCH * prediction.exp.batch_size
    return sample if sample < prediction.facts.part("train").num_samples else None


def rows_between(prediction):
    return prediction.exp.batch_size * ROWS_APART


def continuing_batch_size(prediction):
    """Batch size with which a lane continues, with a stride of 1."""
    return prediction.exp.timesteps


def rest(prediction):
    return prediction.facts.part("train").num_samples % prediction.exp.batch_size


def rows_out_of_reach(prediction):
    """Rows of the two windows before, which a kept state knows and no gradient reaches."""
    return 2 * prediction.exp.timesteps


STATEFUL = {
    **rows_of("air_passengers"),
    "lags": "timesteps",
    "timesteps": 12,
    "horizon": 1,
    "stride": 1,
    "border": "reach-back",
    "split": Split(train=96, validation=24),
    "layers": (LSTM(8, stateful=True),),
    "head": None,
    "batch_size": 12,
    "shuffle": None,
}

LESSON = Lesson(
    slug="batches-and-state",
    number=6,
    title="Batches and state",
    question="What is remembered between batches, and what is not?",
    minutes=20,
    datasets=("air_passengers",),
    removes=("stateful means it has memory",),
    needs="series",
    start=Experiment(
        dataset="air_passengers",
        timesteps=12,
        border="reach-back",
        split=Split(train=96, validation=24),
        layers=(LSTM(8),),
        batch_size=16,
        epochs=60,
        learning_rate=0.01,
    ),
    steps=(
        Step(
            id="batches",
            title="Samples, batches, steps",
            focus="batching",
            controls=("batch_size",),
            views=("batches",),
            try_this="Find a batch_size with which the last batch is as full as the others.",
            questions=(
                Number(
                    id="steps",
                    prompt="{num_windows} training samples, batch_size {batch_size}: how many gradient steps are "
                    "there in one epoch?",
                    answer=steps_per_epoch(),
                    unit="steps",
                    explanation="⌈{num_windows} / {batch_size}⌉: a step for each batch, the last one included.",
                ),
                Number(
                    id="last",
                    prompt="How many samples does the last batch hold?",
                    answer=last_batch_size(),
                    unit="samples",
                    explanation="What the batches before it have left of the {num_windows} samples.",
                ),
            ),
        ),
        Step(
            id="first-axis",
            title="The axis that the model is not told",
            focus="input-layer",
            controls=("batch_size", "timesteps"),
            try_this="Change batch_size and watch which numbers of the diagram change above the input, and which do "
            "not.",
            questions=(
                Shape(
                    id="one-batch",
                    prompt="What shape has the first batch of inputs?",
                    answer=shape_after("input-layer"),
                    explanation="Its samples in front, then what one sample is made of.",
                ),
                Choice(
                    id="other-size",
                    prompt="A network was trained with batch_size {batch_size}. Its layers are not stateful. You call "
                    "`predict` with a single window, with its batch axis of size 1. What happens?",
                    options=(
                        Option("fine", "It gives the forecast for that window."),
                        Option(
                            "raises",
                            "It raises an error: a batch of {batch_size} is expected.",
                            "batch_size was told to fit, not to the model. No weight has a batch axis; look at the "
                            "shapes of the kernels.",
                        ),
                        Option(
                            "filled",
                            "Keras fills the batch up with zeros.",
                            "Nothing is filled up. The layers work on however many samples come in.",
                        ),
                    ),
                    answer=lambda prediction: "fine",
                    explanation="No weight depends on the number of samples. The batch axis may have any size, 1 "
                    "included, but it has to be there.",
                ),
            ),
        ),
        Step(
            id="shuffle",
            title="What is shuffled",
            focus="batching",
            controls=("shuffle", "batch_size"),
            views=("code-so-far",),
            try_this="Switch shuffle off and find the line of the program that changes.",
            questions=(
                Choice(
                    id="what-is-shuffled",
                    prompt="What does `shuffle=True` put into another order?",
                    options=(
                        Option(
                            "rows",
                            "The rows inside each window.",
                            "Then a recurrent layer would read its {timesteps_text} in a random order. The inside of "
                            "a window is never touched.",
                        ),
                        Option(
                            "batches",
                            "The batches; what is in a batch stays together.",
                            "Samples are shuffled first and cut into batches afterwards, so a batch is a mixture.",
                        ),
                        Option(
                            "split",
                            "Which samples train and which validate.",
                            "The parts were cut before. With validation_split, too, Keras cuts before it shuffles.",
                        ),
                        Option("samples", "The samples, each with its label."),
                    ),
                    answer=lambda prediction: "samples",
                    explanation="Whole samples change places, on the samples axis only. For a layer without kept "
                    "state the place of a sample means nothing.",
                ),
            ),
        ),
        Step(
            id="zero-state",
            title="Each window begins at zero",
            focus="recurrent-layer-1",
            controls=("units", "batch_size", "cell"),
            try_this="Look at the left end of the layer in the diagram: what is it told to begin with?",
            questions=(
                Shape(
                    id="state-shape",
                    prompt="The first batch is read by the first recurrent layer. What shape has its h, after any one "
                    "timestep?",
                    answer=measured("the shape of h", state_shape, about="state", stage="recurrent-layer-1"),
                    explanation="One row for each sample of the batch, {units} numbers in each. There is no timesteps "
                    "axis: h is what is known now, and is overwritten at each timestep.",
                ),
                Choice(
                    id="second-sample",
                    prompt="No layer is stateful. With which h does the second sample of a batch begin?",
                    options=(
                        Option(
                            "neighbour",
                            "With the last h of the first sample.",
                            "The two are read at the same time, each in its own row of h. Nothing passes along the "
                            "batch axis.",
                        ),
                        Option(
                            "batch-before",
                            "With the last h of the second sample of the batch before.",
                            "That is what stateful=True does. Without it, the state is dropped after the window.",
                        ),
                        Option("zero", "With zeros."),
                        Option(
                            "learned",
                            "With values that training has found.",
                            "Weights are found by training. The first state is no weight: it is zero, each time.",
                        ),
                    ),
                    answer=lambda prediction: "zero",
                    explanation="Each sample begins at zero, wherever in whichever batch it stands. That is why its "
                    "place may be shuffled.",
                ),
            ),
        ),
        Step(
            id="what-is-kept",
            title="Weights and state",
            focus="recurrent-layer-1",
            controls=("units",),
            views=("units-over-time",),
            try_this="Move the slider from window to window. What stays: the weights, or the state?",
            questions=(
                Choice(
                    id="predict-twice",
                    prompt="You call `predict` twice with the same windows. No layer is stateful. How do the two "
                    "forecasts differ?",
                    options=(
                        Option("same", "Not at all."),
                        Option(
                            "warm",
                            "The second is better: the network has seen the windows before.",
                            "predict changes no weight, and the state of the first call is gone. Nothing of it is "
                            "left.",
                        ),
                        Option(
                            "state",
                            "The second goes on from the state of the first.",
                            "It would with stateful=True. Otherwise each window begins at zero.",
                        ),
                    ),
                    answer=lambda prediction: "same",
                    explanation="Same weights, state zero at the beginning both times: same numbers. With "
                    "stateful=True the second call would go on from where the first has ended.",
                ),
            ),
        ),
        Step(
            id="lanes",
            title="stateful: lanes",
            focus="batching",
            controls=("stateful", "batch_size", "stride"),
            views=("state-lanes",),
            try_this="Press “Set it up for me”, then follow lane 0 along its line.",
            suggestion=STATEFUL,
            questions=(
                Number(
                    id="third-batch",
                    prompt="batch_size is {batch_size}, nothing is shuffled, samples are counted from 0. Which sample "
                    "stands in row 0 of the third batch?",
                    answer=Quantity("lane-sample", "the sample in row 0 of the third batch", third_of_lane),
                    explanation="Two batches of {batch_size} come before it, and the count begins at 0. So "
                    "lane 0 reads one sample in {batch_size}, not one after the other.",
                ),
                Choice(
                    id="which-goes-on",
                    prompt="The layer is stateful. Whose last state does sample 0 of the second batch begin with?",
                    options=(
                        Option(
                            "last",
                            "That of the last row of the first batch.",
                            "It is the sample just before in the series, but in another row. States stay in their "
                            "row.",
                        ),
                        Option(
                            "mean",
                            "The mean over the first batch.",
                            "The loss is averaged over the batch. States never are: each row has its own.",
                        ),
                        Option("row-0", "That of row 0 of the first batch."),
                        Option(
                            "zero",
                            "No one's: each batch begins at zero.",
                            "That is the default, stateful=False.",
                        ),
                    ),
                    answer=lambda prediction: "row-0",
                    explanation="Row i goes on where row i has ended. Which sample stands in row i is your affair.",
                ),
            ),
        ),
        Step(
            id="continues",
            title="Does the lane continue?",
            focus="windowing",
            controls=("batch_size", "timesteps", "stride"),
            views=("state-lanes",),
            try_this="Change batch_size by one and read the line under the table again.",
            questions=(
                Number(
                    id="rows-on",
                    prompt=f"Suppose the stride is {ROWS_APART}: window i begins at row i × {ROWS_APART}. By how many "
                    "rows does a lane move on from one batch of {batch_size} to the next?",
                    answer=measured(
                        "the rows that a lane moves on",
                        rows_between,
                        about="lane-rows",
                        figures={"rows_apart": ROWS_APART},
                    ),
                    unit="rows",
                    explanation=f"{{batch_size}} windows further on, each {ROWS_APART} rows after the one before: "
                    f"{{batch_size}} × {ROWS_APART}.",
                ),
                Number(
                    id="fitting-size",
                    prompt="Suppose the stride is 1, and a window holds twice the timesteps that yours holds. With "
                    "which batch_size does each lane's next window begin exactly where its last one has ended?",
                    answer=supposed(
                        Quantity(
                            "lane-size", "the batch size with which lanes continue", continuing_batch_size
                        ),
                        lambda prediction: {"timesteps": 2 * prediction.exp.timesteps},
                    ),
                    explanation="The lane has to move on by as many rows as its window is long. With "
                    "a larger batch_size rows are skipped, with a smaller one they are read again.",
                ),
            ),
        ),
        Step(
            id="remainder",
            title="When the samples do not divide",
            focus="batching",
            controls=("batch_size", "split"),
            views=("batches",),
            try_this="Press “Set it up for me”, read the mark in the diagram, and choose a batch_size that it names.",
            suggestion=STATEFUL | {"split": Split(train=97, validation=25)},
            questions=(
                Number(
                    id="rest",
                    prompt="{num_windows} training samples are cut into batches of {batch_size}. How many are left "
                    "over when all full batches are taken?",
                    answer=Quantity("rest", "the samples left over", rest),
                    unit="samples",
                    explanation="{num_windows} = {full_batches} × {batch_size} + {right}. For a stateful layer this "
                    "has to be 0; without kept state, any rest is fine.",
                ),
                Choice(
                    id="worst-rest",
                    prompt="Layers are stateful. Which rest does the most harm, because nobody is told?",
                    options=(
                        Option(
                            "none",
                            "A rest of 0.",
                            "Then every batch is full, and each row of the state has its sample.",
                        ),
                        Option("one", "A rest of 1."),
                        Option(
                            "half",
                            "A rest of half a batch.",
                            "Shapes that do not fit raise an error, and an error is seen.",
                        ),
                        Option(
                            "almost",
                            "A rest of one less than a batch.",
                            "One row is missing, and the shapes do not fit: an error, which is seen. (With a "
                            "batch_size of 2 that rest is 1, and silent.)",
                        ),
                    ),
                    answer=lambda prediction: "one",
                    explanation="An axis of size 1 fits any size: it is stretched. It is the same silent rule that "
                    "let labels meet the wrong outputs in lesson 3.",
                ),
            ),
        ),
        Step(
            id="reset",
            title="Forgetting on purpose",
            focus="recurrent-layer-1",
            controls=("stateful", "reset_state", "epochs"),
            views=("code-so-far",),
            try_this="Press “Set it up for me”, and find in the program where the state is reset.",
            suggestion=STATEFUL,
            questions=(
                Choice(
                    id="second-epoch",
                    prompt="A program calls `fit` with a stateful layer, three epochs and validation data, and nothing "
                    "else. With which state does the second epoch begin?",
                    options=(
                        Option(
                            "zero",
                            "With zeros: an epoch is a new beginning.",
                            "That is what one would wish. fit does not do it; a callback has to.",
                        ),
                        Option(
                            "train-end",
                            "With the state after the last training batch.",
                            "It would without validation. But the validation batches are read in between, by the "
                            "same layer, and move the same state.",
                        ),
                        Option("validation-end", "With the state after the last validation batch."),
                        Option(
                            "saved",
                            "With the state that the first epoch began with.",
                            "Nobody has kept that one. Weights and state go on as they are.",
                        ),
                    ),
                    answer=lambda prediction: "validation-end",
                    explanation="The layer has one state, and whoever runs the model moves it: training, validation, "
                    "predict. Reset it whenever the rows that follow are not the next ones.",
                ),
            ),
        ),
        Step(
            id="gradient",
            title="What is not handed on",
            focus="recurrent-layer-1",
            controls=("timesteps",),
            views=("gradient-over-lags",),
            try_this="Lengthen the window, and see where the curve of the gradient ends.",
            questions=(
                Number(
                    id="reach",
                    prompt="A stateful layer has read three windows of a lane, one right behind the other, with "
                    "{timesteps} rows each. Now the gradient of the third window's loss is taken. How many of the rows "
                    "that were read does it *not* reach?",
                    answer=Quantity(
                        "gradient-reach", "the rows out of the gradient's reach", rows_out_of_reach
                    ),
                    unit="rows",
                    explanation="It reaches the rows of its own window, stateful or not. The state at its beginning "
                    "counts as a constant, so the two windows before are out of reach: {right} rows.",
                ),
            ),
        ),
        Step(
            id="worth-it",
            title="When is it worth it?",
            controls=("stateful", "shuffle", "timesteps", "batch_size", "seed"),
            views=("seeds",),
            try_this="Set it up and train with five seeds. Do the same stateless, stateless with shuffle off, and "
            "stateless with twice the timesteps. Write down each range of rmse validation.",
            suggestion=STATEFUL,
            questions=(
                Choice(
                    id="two-years",
                    prompt="Next month depends on what happened two windows ago. Rows are few. What do you try "
                    "first?",
                    options=(
                        Option(
                            "stateful",
                            "stateful=True: the state carries it over.",
                            "It may carry something, but no gradient reaches back to teach what. And you pay with a "
                            "fixed batch size and fixed order.",
                        ),
                        Option("longer", "A window that is long enough to hold it."),
                        Option(
                            "batch",
                            "A larger batch_size: more samples at a time.",
                            "Samples of a batch do not see each other. It changes how many are averaged in one step.",
                        ),
                        Option(
                            "epochs",
                            "More epochs, so that it is seen more often.",
                            "What is not in the window, and not in the state, is not seen in any epoch.",
                        ),
                    ),
                    answer=lambda prediction: "longer",
                    explanation="In a window the gradient reaches all rows, samples can be shuffled, and any batch "
                    "size will do. Its price is fewer samples, and longer computation for each.",
                ),
            ),
        ),
        Step(
            id="the-code",
            title="The code so far",
            controls=("stateful", "batch_size"),
            views=("code-so-far",),
            try_this="Switch stateful on and off, and find the lines that differ.",
        ),
    ),
    recall_questions=(
        Number(
            id="recall-steps",
            prompt="{num_windows} training samples, batch_size {batch_size}. How many gradient steps are there in one "
            "epoch?",
            answer=steps_per_epoch(),
            unit="steps",
            explanation="⌈{num_windows} / {batch_size}⌉; a last batch that is not full is a step too.",
        ),
        Choice(
            id="recall-lane",
            prompt="A layer is stateful. Which sample of the next batch goes on from the state of row 1?",
            options=(
                Option(
                    "first",
                    "The first one.",
                    "States stay in their row; the first sample gets that of row 0.",
                ),
                Option(
                    "next",
                    "The one that follows it in the series, wherever it stands.",
                    "Keras does not know what follows what. It goes by the row of the batch, and you have to lay the "
                    "samples out to match.",
                ),
                Option("row-1", "The one in row 1."),
            ),
            answer=lambda prediction: "row-1",
            explanation="Row i goes on where row i has ended. Samples have to be laid out so that this makes sense.",
        ),
        Choice(
            id="recall-memory",
            prompt="An LSTM with stateful=False reads windows of {timesteps_text}. How far back can it remember?",
            options=(
                Option(
                    "nothing",
                    "Not at all: memory needs stateful=True.",
                    "Within the window it carries h and c from timestep to timestep. stateful only decides what "
                    "happens at the window's end.",
                ),
                Option("window", "To the first row of its window."),
                Option(
                    "batch",
                    "To the first row of its batch.",
                    "Samples of a batch are read side by side, and see nothing of each other.",
                ),
                Option(
                    "all",
                    "To the first row of the series.",
                    "The weights were trained on all windows, but the state begins at zero with each window.",
                ),
            ),
            answer=lambda prediction: "window",
            explanation="The state begins at zero where the window begins, so all it can know are the window's own "
            "{timesteps} rows.",
        ),
        Order(
            id="recall-order",
            prompt="In which order does one epoch of a stateful network do these, when it is done right?",
            items=(
                Option("step", "Take a gradient step, and keep the state"),
                Option("validate", "Run the validation samples"),
                Option("reset", "Set the state to zero, because the rows begin anew"),
                Option("reset-2", "Set the state to zero, because these rows come from another part"),
            ),
            answer=lambda prediction: ("reset", "step", "reset-2", "validate"),
            explanation="Zero before the first training batch; the state is kept from step to step; zero again "
            "before the validation rows, unless they follow the last training row in the same lane.",
        ),
    ),
    exercises=(
        Exercise(name="complete_the_batches", title="Cut the batches", kind="faded"),
        Exercise(name="samples_for_lanes", title="Samples for lanes", kind="free"),
        Exercise(name="repair_the_state", title="A state that comes from elsewhere", kind="debugging"),
    ),
    sources=(
        "Keras 3 API: Model.fit (batch_size, shuffle), RNN (stateful, reset_state)",
        "Williams & Peng (1990), An Efficient Gradient-Based Algorithm for On-Line Training of Recurrent Network "
        "Trajectories (truncated backpropagation through time)",
        "Box, Jenkins & Reinsel (1976), Time Series Analysis, Series G (the airline passengers)",
    ),
    summary="{num_windows} samples in batches of {batch_size} are {steps_per_epoch} steps an epoch. Weights go on from "
    "batch to batch; the state begins at zero with each window, unless the layer is stateful: then row i goes on where "
    "row i has ended, and order, batch size and resets are yours to get right. The gradient never leaves its window.",
)
