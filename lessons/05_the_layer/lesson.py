from lstm_course.authoring import (
    LSTM,
    Bidirectional,
    Choice,
    Exercise,
    Experiment,
    Lesson,
    Number,
    Option,
    Order,
    Shape,
    Step,
    Tensor,
    measured,
    parameters_of,
    shape_after,
    supposed,
)


def first_layer(prediction):
    """The lowest recurrent layer with its shapes; None where it is not reached."""
    stage = prediction.stage("recurrent-layer-1")
    return stage.layers[-1] if stage and stage.layers else None


def inputs_read(prediction):
    layer = first_layer(prediction)
    return layer.input.shape[1] if layer else None


def numbers_of_a_window(prediction):
    layer = first_layer(prediction)
    if layer is None:
        return None
    readers = 2 if isinstance(layer.layer, Bidirectional) else 1
    return readers * layer.input.shape[1] * prediction.exp.recurrent_layers[0].units


def with_arguments(layer, **arguments):
    """The same layer with some arguments changed, also inside Bidirectional."""
    if isinstance(layer, Bidirectional):
        return Bidirectional(with_arguments(layer.layer, **arguments), merge_mode=layer.merge_mode)
    return type(layer)(**{**vars(layer), **arguments})


def only_first(prediction, **arguments):
    """The learner's lowest recurrent layer alone, with some arguments changed."""
    exp = prediction.exp
    inner = exp.recurrent_layers[0]
    first = next(layer for layer in exp.layers if layer is inner or getattr(layer, "layer", None) is inner)
    return with_arguments(first, **{"initial_state": None, "return_state": False, **arguments})


def every_output(prediction):
    return {"layers": (only_first(prediction, return_sequences=True),), "head": None}


def lstm_on_top(prediction):
    """An LSTM(4) on top of the learner's lowest recurrent layer."""
    return {"layers": (only_first(prediction, return_sequences=True), LSTM(4)), "head": None}


def tensors_that_leave(prediction):
    inner = prediction.exp.recurrent_layers[0]
    return 1 + inner.num_states if not isinstance(only_first(prediction), Bidirectional) else None


def state_shape(prediction):
    layer = first_layer(prediction)
    units = prediction.exp.recurrent_layers[0].units
    return Tensor((layer.input.shape[0], units), ("batch", "units")) if layer else None


STACK = {"layers": (LSTM(8, return_sequences=True), LSTM(4)), "head": None, "labels": "steps"}

LESSON = Lesson(
    slug="the-layer",
    number=5,
    title="The layer",
    question="What leaves a recurrent layer, and when?",
    minutes=25,
    datasets=("sunspots",),
    removes=("stacking needs nothing", "return_sequences is an option for plots"),
    start=Experiment(dataset="sunspots", timesteps=24, layers=(LSTM(8),)),
    steps=(
        Step(
            id="unrolled",
            title="Unrolled",
            focus="recurrent-layer-1",
            controls=("timesteps", "cell"),
            views=("unrolled",),
            try_this="Move along the timesteps in the diagram, and watch the state come in and go on.",
            questions=(
                Choice(
                    id="sets-of-weights",
                    prompt="The layer reads a window of {timesteps_text}. How many sets of weights (kernel, "
                    "recurrent kernel, bias) does its loop use?",
                    options=(
                        Option(
                            "each-timestep",
                            "One for each timestep.",
                            "The copies in the drawing are the same cell at different moments. With weights for each "
                            "timestep a longer window would need a larger layer.",
                        ),
                        Option(
                            "each-unit",
                            "One for each unit.",
                            "Each unit has its column in every array, but the arrays are one set, used at every "
                            "timestep.",
                        ),
                        Option(
                            "each-sample",
                            "One for each sample of the batch.",
                            "All samples go through the same weights. That is what makes learning from many samples "
                            "possible.",
                        ),
                        Option("one", "One."),
                    ),
                    answer=lambda prediction: "one",
                    explanation="One set, used at every timestep of every sample. That is why the count of parameters "
                    "does not depend on the window: {parameter_formula}.",
                ),
                Number(
                    id="applied",
                    prompt="How many times is the cell applied to a single sample with the shape {window_shape}?",
                    answer=measured(
                        "the steps of the loop", inputs_read, about="loop-steps", stage="recurrent-layer-1"
                    ),
                    unit="times",
                    explanation="Once for each entry on the timesteps axis. (With rows laid on the features axis there "
                    "is one.)",
                ),
            ),
        ),
        Step(
            id="units-and-timesteps",
            title="Units and timesteps, side by side",
            focus="recurrent-layer-1",
            depth="layer",
            controls=("timesteps", "units"),
            views=("parameters",),
            try_this="Double the timesteps, then the units. Which of the two changes the parameters?",
            questions=(
                Number(
                    id="numbers-h",
                    prompt="{timesteps_text}, {units_text}, and one sample has the shape {window_shape}. How many "
                    "numbers h does the layer compute for one window, all timesteps together?",
                    answer=measured(
                        "the numbers h of one window",
                        numbers_of_a_window,
                        about="numbers-of-h",
                        stage="recurrent-layer-1",
                    ),
                    unit="numbers",
                    explanation="One for each unit at each timestep, units × timesteps. (Two directions count twice.) "
                    "All of them are computed, whether they leave the layer or not.",
                ),
            ),
        ),
        Step(
            id="last-output",
            title="One vector leaves",
            focus="recurrent-layer-1",
            depth="layer",
            controls=("units", "timesteps"),
            try_this="Change the timesteps and predict, each time, what happens to the shape that leaves.",
            questions=(
                Shape(
                    id="leaves",
                    prompt="Your layers are {layers}, and a batch of {batch_shape} comes in. What is the shape that "
                    "leaves the first recurrent layer?",
                    answer=shape_after("recurrent-layer-1"),
                    explanation="Look at `return_sequences` in the call: False, the default, hands on one vector for "
                    "each sample; True, one for each timestep.",
                ),
            ),
        ),
        Step(
            id="every-output",
            title="Every vector leaves",
            focus="recurrent-layer-1",
            depth="layer",
            controls=("return_sequences", "units", "timesteps"),
            try_this="Switch return_sequences on and off, and find the arrows that appear in the diagram.",
            questions=(
                Shape(
                    id="with-sequences",
                    prompt="A batch of {batch_shape} comes in. What would leave your first recurrent layer with "
                    "return_sequences=True?",
                    answer=supposed(shape_after("recurrent-layer-1"), every_output),
                    explanation="Batch × timesteps × units. The timesteps stay; the features of the input have given "
                    "way to the units.",
                ),
                Choice(
                    id="cost-of-sequences",
                    prompt="What does return_sequences=True add to the layer's own work for a window?",
                    options=(
                        Option("nothing", "No weight, and no step of the loop."),
                        Option(
                            "weights",
                            "Weights for each timestep.",
                            "The weights are the same at each timestep. The switch only decides which of the h leave.",
                        ),
                        Option(
                            "steps",
                            "The steps of the earlier timesteps.",
                            "These were always made: without them there would be no last h.",
                        ),
                    ),
                    answer=lambda prediction: "nothing",
                    explanation="Every h is computed in any case, because each needs the one before. What grows is "
                    "the "
                    "array that is handed on, and the work of the layers above.",
                ),
            ),
        ),
        Step(
            id="what-it-needs",
            title="Who needs every output",
            focus="loss",
            controls=("return_sequences", "labels"),
            views=("comparator",),
            try_this="Set it up, switch return_sequences on, and read the comparison; then choose a value at every "
            "timestep as Labels.",
            suggestion={"layers": (LSTM(8),), "head": None, "labels": "steps", "horizon": 1, "loss": None},
            questions=(
                Choice(
                    id="silent",
                    prompt="Labels of shape (32, 1), one per window; an output of shape (32, 24, 1), one per "
                    "timestep; "
                    "loss mse. What does Keras do?",
                    options=(
                        Option(
                            "raises",
                            "It raises: the shapes differ.",
                            "mse broadcasts, as NumPy does. Cross-entropies compare shapes, regression losses do not.",
                        ),
                        Option(
                            "last",
                            "It compares the last timestep with the label.",
                            "Nothing tells it to. It stretches the label's axes to fit those of the output.",
                        ),
                        Option("stretches", "It stretches each label over all 24 timesteps."),
                    ),
                    answer=lambda prediction: "stretches",
                    explanation="Each of the 24 outputs of a window is compared with its one label: 32 × 24 terms, "
                    "and "
                    "nothing raises. So the output after the first row is asked for what comes after the last.",
                ),
            ),
        ),
        Step(
            id="stacking",
            title="Layers on layers",
            focus="recurrent-layer-1",
            controls=("layers",),
            views=("unrolled",),
            try_this="Set it up, take return_sequences=True away from the lower layer, and read what the diagram says.",
            suggestion=STACK,
            questions=(
                Choice(
                    id="three-layers",
                    prompt="Three LSTMs stand on one another, there is one label per window, and a Dense layer on "
                    "top. "
                    "Which of the three need return_sequences=True?",
                    options=(
                        Option(
                            "all",
                            "All three.",
                            "The top one would hand on a vector for each timestep, and the Dense layer an output for "
                            "each. There is one label.",
                        ),
                        Option("lower-two", "The lower two."),
                        Option(
                            "first",
                            "The lowest only.",
                            "Then the middle one hands on a single vector, and the top one has no sequence to read.",
                        ),
                        Option(
                            "none",
                            "None: Keras connects recurrent layers by itself.",
                            "A layer hands on what it is told to. By default that is one vector, and the next LSTM "
                            "raises: expected ndim=3, found ndim=2.",
                        ),
                    ),
                    answer=lambda prediction: "lower-two",
                    explanation="Whoever has a recurrent layer above hands on the sequence; the top one hands on "
                    "what the "
                    "labels need.",
                ),
            ),
        ),
        Step(
            id="second-layer",
            title="The size of the second layer",
            focus="recurrent-layer-1",
            controls=("layers", "units"),
            views=("parameters",),
            try_this="Set it up, change the units of the lower layer, and see that the upper one's kernel follows.",
            suggestion=STACK,
            questions=(
                Number(
                    id="second-count",
                    prompt="On top of your first recurrent layer alone, {layer} with {units_text}, stands LSTM(4). "
                    "How "
                    "many parameters does this LSTM(4) have?",
                    answer=supposed(parameters_of("recurrent-layer-2"), lstm_on_top),
                    unit="parameters",
                    explanation="4 · (4 · (f + 4) + 4), where f is the width of what the layer below hands on, not the "
                    "number of the table's columns.",
                ),
            ),
        ),
        Step(
            id="return-state",
            title="The state leaves too",
            focus="recurrent-layer-1",
            depth="layer",
            controls=("return_state", "cell"),
            views=("unrolled",),
            try_this="Switch return_state on, and find what leaves the last cell now. Then choose another cell.",
            questions=(
                Number(
                    id="tensors",
                    prompt="How many tensors does your first recurrent layer, {layer}, give with return_state=True, "
                    "the "
                    "output counted?",
                    answer=measured(
                        "the tensors that leave",
                        tensors_that_leave,
                        about="state-tensors",
                        stage="recurrent-layer-1",
                    ),
                    unit="tensors",
                    explanation="The output, and one for each state of the cell; the number of states of {layer} is "
                    "{num_states}.",
                ),
                Choice(
                    id="same-numbers",
                    prompt="`output, h, c = LSTM(8, return_state=True)(inputs)`. Which two hold the same numbers?",
                    options=(
                        Option(
                            "h-c",
                            "h and c",
                            "c is the memory, h = o · tanh(c) the part of it that is shown.",
                        ),
                        Option("output-h", "output and h"),
                        Option(
                            "output-c",
                            "output and c",
                            "What the layer gives upwards is h, never c.",
                        ),
                        Option(
                            "none",
                            "No two of them.",
                            "Without return_sequences the output is the h after the last timestep, and so is h.",
                        ),
                    ),
                    answer=lambda prediction: "output-h",
                    explanation="The output without return_sequences is the last h. With return_sequences=True, h is "
                    "`output[:, -1]`.",
                ),
            ),
        ),
        Step(
            id="initial-state",
            title="Starting from a state",
            focus="recurrent-layer-1",
            controls=("layers",),
            views=("code-so-far",),
            try_this="Set it up, and find in the diagram, and in the program, where the second layer's state comes "
            "from.",
            suggestion={
                "layers": (LSTM(8, return_sequences=True, return_state=True), LSTM(8, initial_state=0)),
                "head": None,
                "labels": "steps",
            },
            questions=(
                Shape(
                    id="state-shape",
                    prompt="A batch of {batch_shape} comes into your {layer} with {units_text}. What shape must a "
                    "state h "
                    "have that it is to start from?",
                    answer=measured(
                        "the shape of a state", state_shape, about="state", stage="recurrent-layer-1"
                    ),
                    explanation="One vector of {units_text} for each sample. A state belongs to a moment, so it has no "
                    "timesteps axis.",
                ),
            ),
        ),
        Step(
            id="go-backwards",
            title="From the end to the beginning",
            focus="recurrent-layer-1",
            depth="layer",
            controls=("go_backwards", "return_sequences"),
            try_this="Set it up, switch go_backwards on, and see at which end the state begins from zeros.",
            suggestion={"layers": (LSTM(8),), "head": None, "labels": "steps"},
            questions=(
                Choice(
                    id="first-output",
                    prompt="go_backwards=True and return_sequences=True, windows of 24 rows counted from 0. To which "
                    "row "
                    "does the first output, `output[:, 0]`, belong?",
                    options=(
                        Option(
                            "first",
                            "Row 0: outputs stand in the order of the rows.",
                            "They stand in the order of computation. The layer read row 23 first, and Keras does not "
                            "turn the outputs round.",
                        ),
                        Option(
                            "all",
                            "To all rows: it was computed last.",
                            "It was computed first, from row 23 and a state of zeros.",
                        ),
                        Option("last", "Row 23, the last one."),
                    ),
                    answer=lambda prediction: "last",
                    explanation="The first output is the first one computed, after row 23 alone. `output[:, -1]` has "
                    "seen "
                    "the whole window.",
                ),
                Order(
                    id="read-order",
                    prompt="A window has the rows 0, 1, 2. Bring them into the order in which the layer reads them "
                    "with go_backwards=True:",
                    items=(Option("row-0", "row 0"), Option("row-1", "row 1"), Option("row-2", "row 2")),
                    answer=lambda prediction: ("row-2", "row-1", "row-0"),
                    explanation="From the end to the beginning. The window itself is not changed.",
                ),
            ),
        ),
        Step(
            id="trained",
            title="The units of a trained layer",
            focus="recurrent-layer-1",
            depth="layer",
            controls=("epochs", "units", "seed"),
            views=("train", "units-over-time"),
            try_this="Train, then move the window slider and watch which rows of the map change.",
            questions=(
                Choice(
                    id="another-seed",
                    prompt="You train again with another seed. Will unit 0 look in the heat map as it does now?",
                    options=(
                        Option("no", "There is no reason why it should."),
                        Option(
                            "yes",
                            "Yes: unit 0 has its task.",
                            "The units start from random weights and are treated alike. What one of them comes to do "
                            "in "
                            "one training another may do in the next, or none.",
                        ),
                        Option(
                            "order",
                            "Yes, if both trainings end with the same loss.",
                            "Exchange two units, with all their weights, and the loss is the same. So the loss says "
                            "nothing about which unit does what.",
                        ),
                    ),
                    answer=lambda prediction: "no",
                    explanation="Another seed means other first weights. Units can also change places without any "
                    "effect on the output.",
                ),
            ),
        ),
        Step(
            id="code",
            title="The code so far",
            views=("code-so-far",),
            try_this="Copy the program, stack one more layer in it, and check the summary.",
        ),
    ),
    recall_questions=(
        Shape(
            id="recall-leaves",
            prompt="What leaves the first recurrent layer of {layers}, for a batch of {batch_shape}?",
            answer=shape_after("recurrent-layer-1"),
            explanation="With return_sequences=False one vector leaves for each sample, with True one for each "
            "timestep.",
        ),
        Choice(
            id="recall-stack",
            prompt="Two recurrent layers stand on one another. What does the lower one need?",
            options=(
                Option(
                    "state",
                    "return_state=True",
                    "That hands out the last state beside the output. What the upper layer reads is a sequence.",
                ),
                Option(
                    "repeat",
                    "A RepeatVector above it",
                    "It makes the shapes fit, but then the upper layer reads the same vector at every timestep.",
                ),
                Option("sequences", "return_sequences=True"),
                Option(
                    "nothing",
                    "Nothing",
                    "By default one vector leaves, and the upper layer raises: expected ndim=3, found ndim=2.",
                ),
            ),
            answer=lambda prediction: "sequences",
            explanation="The upper layer reads one vector for each timestep, so every h of the lower one has to "
            "leave it.",
        ),
        Number(
            id="recall-second",
            prompt="LSTM(4) stands on your first recurrent layer, {layer} with {units_text}, which hands on every "
            "timestep. "
            "How many parameters has the LSTM(4)?",
            answer=supposed(parameters_of("recurrent-layer-2"), lstm_on_top),
            unit="parameters",
            explanation="Its features are what the layer below hands on at one timestep.",
        ),
    ),
    exercises=(
        Exercise(name="complete_the_outputs", title="What leaves the loop", kind="faded"),
        Exercise(name="read_the_stack", title="A summary by hand", kind="free"),
        Exercise(name="repair_the_stack", title="The stack that is refused", kind="debugging", seconds=30.0),
    ),
    sources=(
        "Keras 3 API: keras.layers.RNN, LSTM, GRU and SimpleRNN (return_sequences, return_state, go_backwards, "
        "initial_state)",
        "Keras guide: Working with RNNs",
    ),
    summary="The layer applies one cell with one set of weights at each timestep. One vector of {units_text} leaves, "
    "or "
    "with return_sequences=True one for each timestep, which a recurrent layer above and a label at each timestep "
    "need. "
    "A state is one vector per sample; it can leave, and it can be the start of another layer.",
)
