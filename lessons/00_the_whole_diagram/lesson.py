from lstm_course.authoring import (
    LSTM,
    Choice,
    Experiment,
    Lesson,
    Number,
    Option,
    Order,
    Shape,
    Step,
    input_shape,
    shape_after,
    steps_per_epoch,
)

REARRANGING = ("Flatten", "RepeatVector", "Reshape")


def hands_on_states(prediction):
    return any(layer.initial_state is not None for layer in prediction.exp.recurrent_layers)


def one_timestep_more(prediction):
    """Where the timesteps axis ends; not to be said where a window's rows are features, or all samples one batch."""
    stage = prediction.stage("recurrent-layer-1")
    samples = prediction.facts.part("train").num_samples
    if stage is None or prediction.exp.lags == "features" or samples <= prediction.exp.batch_size:
        return None
    return "through" if "timesteps" in stage.axes else "below"


def one_unit_more(prediction):
    has_head = prediction.output is not None and prediction.stage("head") is not None
    return "wider" if has_head and not hands_on_states(prediction) else None


def half_the_batch(prediction):
    half = prediction.exp.batch_size // 2
    return "first-axis" if 1 <= half < prediction.facts.part("train").num_samples else None


def sequences_on(prediction):
    stage = prediction.stage("recurrent-layer-1")
    layers = [*prediction.exp.layers, *(prediction.exp.head or ())]
    if stage is None or any(layer.keras_name in REARRANGING for layer in layers):
        return None
    return "labels" if prediction.exp.labels == "sequence" else "through"


LESSON = Lesson(
    slug="the-whole-diagram",
    number=0,
    title="The whole diagram",
    question="What happens between a table of numbers and a forecast?",
    minutes=20,
    datasets=("air_passengers",),
    removes=("an LSTM is a black box with a 3-D input",),
    needs="series",
    start=Experiment(
        dataset="air_passengers",
        timesteps=12,
        layers=(LSTM(8),),
        batch_size=32,
        epochs=60,
        learning_rate=0.01,
    ),
    steps=(
        Step(
            id="a-finished-run",
            title="From a table to a forecast",
            views=("forecast",),
            try_this="Press “This lesson's start”, unless it is grey. Then follow one colour through the diagram from "
            "the bottom to the top.",
        ),
        Step(
            id="rows",
            title="Rows",
            focus="raw-data",
            controls=("dataset",),
            views=("series",),
            try_this="Find the first test row in the chart. Are there training rows as high as the test rows?",
        ),
        Step(
            id="scaling",
            title="Scaling",
            focus="scaling",
            controls=("scaling",),
            views=("scaling",),
            try_this="Compare the largest scaled value of the training part with that of the test part.",
        ),
        Step(
            id="windows",
            title="Windows",
            focus="windowing",
            views=("windows-on-series",),
            try_this="Drag the window to the right until it stops. Where does its label lie?",
            questions=(
                Shape(
                    id="windows-shape",
                    prompt="{train_rows} training rows; {timesteps_text} and {features_text} in a window, "
                    "{horizon_text} behind it for the label; each window begins {stride_text} after the one before, "
                    "and its rows lie on the {lags} axis. What shape has X?",
                    answer=shape_after("windowing"),
                    explanation="{window_formula} windows, each of {timesteps_text} and {features_text}: {right}.",
                ),
            ),
        ),
        Step(
            id="labels",
            title="Labels",
            focus="labels",
            views=("labels",),
            try_this="Move to the next window and see how far its label moves.",
        ),
        Step(
            id="batches",
            title="Batches",
            focus="batching",
            views=("batches",),
            try_this="Find the last batch. Is it full?",
        ),
        Step(
            id="recurrent-layer",
            title="The recurrent layer",
            focus="recurrent-layer-1",
            views=("units-over-time",),
            try_this="Choose another window and see how each unit moves from the first timestep to the last.",
            questions=(
                Shape(
                    id="leaves-the-layer",
                    prompt="A batch of shape {batch_shape} goes in, and the layers are {layers}. What shape leaves the "
                    "first recurrent layer?",
                    answer=shape_after("recurrent-layer-1"),
                    explanation="The batch axis goes through, the features have become units, and the "
                    "timesteps axis stays only with return_sequences=True.",
                ),
            ),
        ),
        Step(
            id="head-and-loss",
            title="Head and loss",
            focus="loss",
            views=("comparator",),
            try_this="Read the comparison axis by axis: does each size of the output meet the same in the labels?",
        ),
        Step(
            id="training",
            title="Training, and the way back down",
            views=("train",),
            try_this="In the table of errors, compare “this network” with “persistence”, first on the training part, "
            "then on the test part. If there is no table yet, train.",
        ),
        Step(
            id="turn-timesteps",
            title="First dial: timesteps",
            focus="windowing",
            controls=("timesteps",),
            views=("window-tensor",),
            try_this="Turn timesteps up and down, and watch which shapes of the diagram move along.",
            questions=(
                Choice(
                    id="dial-timesteps",
                    prompt="You turn timesteps up by one, from {timesteps}. What becomes of the shapes of windows and "
                    "batches, of what leaves the first recurrent layer, and of that layer's parameters?",
                    options=(
                        Option(
                            "batches",
                            "Only the windows change: a batch still holds {batch_size} samples, so its shape stays.",
                            "The number of samples in a batch stays, but each is a window, and that got longer: "
                            "the middle axis of {batch_shape} grows too.",
                        ),
                        Option(
                            "below",
                            "Windows and batches change. What leaves the layer stays, and so do its parameters.",
                            "Here the axis does not end in the layer: with return_sequences=True it hands on one "
                            "vector for each timestep, {recurrent_shape}. Only its parameters stay.",
                        ),
                        Option(
                            "through",
                            "Windows, batches and what leaves the layer change. Its parameters stay.",
                            "With return_sequences=False only the last h leaves the layer, {recurrent_shape}, however "
                            "many timesteps there were before it. The axis ends inside.",
                        ),
                        Option(
                            "parameters",
                            "All of them change, and the layer has more parameters.",
                            "The layer uses the same weights at each timestep, so their number does not depend on how "
                            "many there are: {parameter_formula}.",
                        ),
                    ),
                    answer=one_timestep_more,
                    explanation="Windows and batches carry the timesteps axis. Through the layer it goes only with "
                    "return_sequences=True; out of yours comes {recurrent_shape}. The weights are the same at each "
                    "timestep, so {layer_parameters} parameters remain. A longer window also leaves fewer rows for "
                    "windows to begin in, so X may lose a sample.",
                ),
            ),
        ),
        Step(
            id="turn-units",
            title="Second dial: units",
            focus="recurrent-layer-1",
            controls=("units",),
            views=("parameters",),
            try_this="Double the units. By what factor does the recurrent_kernel grow, by what factor the kernel?",
            questions=(
                Choice(
                    id="dial-units",
                    prompt="You give the first recurrent layer one unit more than its {units}. What follows?",
                    options=(
                        Option(
                            "timesteps",
                            "It reads one timestep more.",
                            "The number of timesteps comes from the windows, {timesteps} here, and the layer reads all "
                            "of them with any number of units.",
                        ),
                        Option(
                            "wider",
                            "What leaves it is wider, and it has more parameters.",
                        ),
                        Option(
                            "forecast",
                            "The forecast holds one number more for each sample, too.",
                            "How many numbers are forecast is decided by the head, {head}. It takes a weighted sum of "
                            "all the units, however many there are.",
                        ),
                        Option(
                            "parameters-only",
                            "It has more parameters, and every shape stays as it is.",
                            "More parameters it has. But units are an axis too, the last one of what leaves the layer: "
                            "{recurrent_shape}.",
                        ),
                    ),
                    answer=one_unit_more,
                    explanation="The units are the last axis of what leaves the layer, {recurrent_shape}. What reads "
                    "them above gets more weights as well. Its output, and the windows below, do not carry that axis: "
                    "the forecast stays {output_shape}.",
                ),
            ),
        ),
        Step(
            id="turn-batch-size",
            title="Third dial: batch_size",
            focus="batching",
            controls=("batch_size",),
            views=("batches",),
            try_this="Choose a batch_size that divides {num_windows} without a rest, or 1 if none does.",
            questions=(
                Choice(
                    id="dial-batch",
                    prompt="You halve batch_size, from {batch_size}. What follows?",
                    options=(
                        Option(
                            "samples",
                            "There are half as many training windows, and as many steps as before.",
                            "The windows were cut from the rows before anybody spoke of batches: X stays "
                            "{train_shape}, only handed out in smaller portions.",
                        ),
                        Option(
                            "parameters",
                            "The network has half as many parameters.",
                            "The same weights serve every sample of a batch, so {parameters} parameters remain, "
                            "whatever its size.",
                        ),
                        Option(
                            "first-axis",
                            "From the batches up, the first axis of every shape gets shorter, and an epoch has more "
                            "steps.",
                        ),
                        Option(
                            "nothing",
                            "Nothing but the time that training takes.",
                            "The portions are an axis of the arrays, the first one of {batch_shape}. And each portion "
                            "is a gradient step, so the weights change more often, too.",
                        ),
                    ),
                    answer=half_the_batch,
                    explanation="Batches, what leaves each layer, output and labels of a batch all begin with this "
                    "axis. As every sample still has to have its turn, there are more steps in an epoch than "
                    "the {steps_per_epoch} of now.",
                ),
            ),
        ),
        Step(
            id="turn-return-sequences",
            title="Fourth dial: return_sequences",
            focus="loss",
            controls=("return_sequences",),
            views=("comparator",),
            try_this="Switch return_sequences, read the comparison, and switch it back.",
            questions=(
                Choice(
                    id="dial-return-sequences",
                    prompt="Suppose return_sequences of the top recurrent layer is on. Which shapes have a timesteps "
                    "axis then: what leaves the layer, the output of the head, the labels?",
                    options=(
                        Option(
                            "none",
                            "None of them. It decides what can be plotted, not what is computed.",
                            "It decides what is handed on: with it, the h of every timestep leaves the layer, on an "
                            "axis of their own.",
                        ),
                        Option(
                            "layer",
                            "What leaves the layer. The head reads the last timestep and ends the axis.",
                            "No layer picks the last timestep by itself. Dense works on the last axis, the units, and "
                            "does so at every timestep: the axis goes on to the output.",
                        ),
                        Option(
                            "through",
                            "What leaves the layer and the output of the head. The labels have none.",
                            "Your labels hold one value for each timestep, {labels_shape}: they have the axis too.",
                        ),
                        Option(
                            "labels",
                            "All three: labels follow the output.",
                            "Labels are cut from the rows, {labels_shape}. No layer can change them; making them fit "
                            "is up to you.",
                        ),
                    ),
                    answer=sequences_on,
                    explanation="The axis goes through the layer and, because Dense treats every timestep alike, "
                    "through the head. The labels are cut from the rows and know nothing of it: {labels_shape}. "
                    "Whether the two still fit, the comparison says.",
                ),
            ),
        ),
        Step(
            id="the-code",
            title="The code so far",
            views=("code-so-far",),
            try_this="Find in the program the line behind each stage of the diagram, then download it and run it.",
        ),
    ),
    recall_questions=(
        Order(
            id="recall-order",
            prompt="Bring the stages into the order of the diagram, from the bottom to the top.",
            items=(
                Option("loss", "the loss"),
                Option("batches", "batches"),
                Option("rows", "split and scaling"),
                Option("head", "the head"),
                Option("layer", "the recurrent layer"),
                Option("samples", "windows and labels"),
            ),
            answer=lambda prediction: ("rows", "samples", "batches", "layer", "head", "loss"),
            explanation="Rows become samples, samples become batches, and only a batch enters the network. The labels "
            "go their own way and meet the output in the loss.",
        ),
        Choice(
            id="recall-units",
            prompt="Your first recurrent layer has {units_text}, a sample has {timesteps_text}. What are the units?",
            options=(
                Option("state", "How many numbers the layer's state h holds at each timestep."),
                Option(
                    "steps",
                    "How many timesteps it reads.",
                    "It reads as many as a sample has, {timesteps} here, with any number of units.",
                ),
                Option(
                    "cells",
                    "How many cells stand one after the other along the time.",
                    "Drawn unrolled, there is one copy of the cell for each timestep, all with the same weights. The "
                    "units are the width of each copy.",
                ),
            ),
            answer=lambda prediction: "state",
            explanation="Units are the width of the layer: the last axis of what leaves it, {recurrent_shape}.",
        ),
        Number(
            id="recall-steps",
            prompt="{num_windows} training samples, batch_size {batch_size}: how many gradient steps are there in one "
            "epoch?",
            answer=steps_per_epoch(),
            unit="steps",
            explanation="⌈{num_windows} / {batch_size}⌉ = {right}; the last batch holds {last_batch}.",
        ),
        Shape(
            id="recall-input",
            prompt="What is `Input(shape=…)` told in your network?",
            answer=input_shape(),
            explanation="The shape of one sample. The batch axis is left to Keras.",
        ),
        Choice(
            id="recall-labels",
            prompt="Where do the labels enter the network?",
            options=(
                Option("nowhere", "Nowhere: they meet the output in the loss."),
                Option(
                    "input",
                    "At the input, as one more feature.",
                    "Then the answer would stand in the question. A label is what the network has to say by itself.",
                ),
                Option(
                    "last",
                    "At the last timestep of each sample.",
                    "The last timestep is the last row that is known. A label lies outside the sample, in an array of "
                    "its own.",
                ),
            ),
            answer=lambda prediction: "nowhere",
            explanation="Labels, {label_shape} for one batch, pass by all layers. The loss alone reads them, and "
            "through its gradient the weights learn of them.",
        ),
        Choice(
            id="recall-weights",
            prompt="The windows get twice as many timesteps. What becomes of the parameters of a recurrent layer?",
            options=(
                Option(
                    "double",
                    "Their number doubles.",
                    "That would be so if each timestep had weights of its own. They all share one set.",
                ),
                Option(
                    "kernel",
                    "Only the kernel doubles, the recurrent kernel stays.",
                    "The kernel has one row for each feature of a single timestep, not for each timestep.",
                ),
                Option("stay", "Their number stays."),
            ),
            answer=lambda prediction: "stay",
            explanation="The same weights are used at each timestep. Their number follows from features and units.",
        ),
        Shape(
            id="recall-layer",
            prompt="A batch of shape {batch_shape} enters. With {layers}, what leaves the first recurrent layer?",
            answer=shape_after("recurrent-layer-1"),
            explanation="The units replace the features, and the timesteps axis stays only with "
            "return_sequences=True.",
        ),
    ),
    sources=(
        "Hochreiter & Schmidhuber (1997), Long Short-Term Memory, Neural Computation 9(8)",
        "Keras 3 API: LSTM layer, Input, Model.fit",
        "Box, Jenkins & Reinsel (1976), Time Series Analysis, Series G (the airline passengers)",
    ),
    summary="Rows become windows {train_shape} and labels {labels_shape}; batches {batch_shape} go up through {layers} "
    "and {head}; the loss compares {output_shape} with {label_shape}. An array changes its shape when it carries the "
    "axis that was turned; timesteps also decides how many samples there are.",
)
