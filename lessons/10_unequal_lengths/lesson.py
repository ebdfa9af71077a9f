from lstm_course.authoring import (
    LSTM,
    Choice,
    Exercise,
    Experiment,
    Flatten,
    Lesson,
    Masking,
    Number,
    Option,
    Shape,
    Split,
    Step,
    labels_shape,
    measured,
    parameters_of,
    rows_of,
    shape_after,
)

SHORT = 7  # frames of the sequence that questions speak of
MASKED = {
    **rows_of("japanese_vowels", "class"),
    "timesteps": 29,
    "lags": "timesteps",
    "padding": "post",
    "pad_value": 0.0,
    "layers": (Masking(0.0), LSTM(32)),
    "head": None,
    "loss": None,
}


def frames_kept(prediction):
    """Frames of a sequence of SHORT that lie in the array; None where a window is one timestep."""
    return min(SHORT, prediction.exp.timesteps) if prediction.exp.lags == "timesteps" else None


def filled_up(prediction):
    kept = frames_kept(prediction)
    return None if kept is None else prediction.exp.timesteps - kept


def wrong_side(prediction):
    return "padding" if prediction.exp.timesteps > SHORT else "frame"


LESSON = Lesson(
    slug="unequal-lengths",
    number=10,
    title="Unequal lengths",
    question="What if sequences differ in length, and the answer is a class?",
    minutes=25,
    datasets=("japanese_vowels",),
    removes=("pad with zeros and go",),
    needs="sequences",
    start=Experiment(
        dataset="japanese_vowels",
        timesteps=29,
        padding="post",
        labels="class",
        layers=(LSTM(32),),
        batch_size=32,
        epochs=30,
        learning_rate=0.005,
    ),
    steps=(
        Step(
            id="sequences",
            title="Sequences instead of windows",
            focus="raw-data",
            controls=("features",),
            views=("table",),
            try_this="Read the first frames in the table: one line for each frame, one column for each coefficient.",
            suggestion=MASKED | {"layers": (LSTM(32),)},
            questions=(
                Choice(
                    id="one-array",
                    prompt="One sequence has the shape (20, 12), another (26, 12). What does `np.array([first, "
                    "second])` do?",
                    options=(
                        Option(
                            "fills",
                            "It makes (2, 26, 12) and fills the short one up.",
                            "NumPy fills nothing up by itself: it could not know with what, nor on which side. That "
                            "is for you to decide.",
                        ),
                        Option(
                            "joins",
                            "It joins them to (46, 12).",
                            "That is `np.concatenate`. It keeps all frames and loses which sequence they belong to.",
                        ),
                        Option("raises", "It raises an error."),
                        Option(
                            "cuts",
                            "It makes (2, 20, 12) and cuts the long one.",
                            "NumPy throws nothing away by itself. To cut or to fill up is for you to decide.",
                        ),
                    ),
                    answer=lambda prediction: "raises",
                    explanation="An array has one size along each axis. NumPy raises a ValueError: the shape would "
                    "be inhomogeneous. With `dtype=object` it makes an array of two arrays, and Keras refuses that.",
                ),
            ),
        ),
        Step(
            id="one-length",
            title="One length for all",
            focus="windowing",
            controls=("timesteps",),
            views=("padding",),
            try_this="Lower the timesteps and read under the chart how many sequences lose frames.",
            questions=(
                Shape(
                    id="all-inputs",
                    prompt="{num_windows} training sequences are brought to {timesteps_text} of {features_text} "
                    "each. What is the shape of all training inputs? (The rows of a sequence lie on the {lags} axis.)",
                    answer=shape_after("windowing"),
                    explanation="A sequence is one sample, whatever its own length was.",
                ),
                Number(
                    id="filled-up",
                    prompt=f"How many timesteps of a sequence with {SHORT} frames are padding then?",
                    answer=measured(
                        "the timesteps of padding",
                        filled_up,
                        about="filled-timesteps",
                        stage="windowing",
                        figures={"frames": SHORT},
                    ),
                    unit="timesteps",
                    explanation=f"{{timesteps_text}}, less the frames that are kept, at most {SHORT}: {{right}}.",
                ),
            ),
        ),
        Step(
            id="which-side",
            title="In front or behind",
            focus="windowing",
            controls=("padding", "timesteps"),
            views=("padding",),
            try_this="Switch padding between pre and post and follow one row of the chart.",
            questions=(
                Choice(
                    id="read-last",
                    prompt=f"No mask, padding=“post”. A sequence of {SHORT} frames goes in, with {{timesteps_text}}. "
                    "What has the layer read last when its last output leaves?",
                    options=(
                        Option(
                            "frame",
                            "A frame of the sequence.",
                            "Padding stands behind the frames, and nothing tells the layer that it is padding: it "
                            "reads on to the last timestep.",
                        ),
                        Option(
                            "padding",
                            "Padding.",
                            f"{{timesteps_text}} are no more than the {SHORT} frames: nothing is filled up here.",
                        ),
                        Option(
                            "nothing",
                            "Nothing after the frames: zeros stop it.",
                            "A zero is a number like any other. The layer takes one step for each timestep, whatever "
                            "stands there.",
                        ),
                    ),
                    answer=wrong_side,
                    explanation="The layer takes {timesteps} steps for every sequence. Only a mask tells it which of "
                    "them are padding.",
                ),
            ),
        ),
        Step(
            id="masking",
            title="Masking",
            focus="input-layer",
            controls=("masking", "padding"),
            views=("padding",),
            try_this="Switch Masking on and see the finding leave the diagram.",
            suggestion=MASKED | {"layers": (LSTM(32),)},
            questions=(
                Number(
                    id="steps-with-mask",
                    prompt=f"With a mask: how many times does a sequence of {SHORT} frames change the state of the "
                    "layer, when it is filled up to {timesteps_text}?",
                    answer=measured("the steps that change the state", frames_kept, about="read-timesteps"),
                    unit="times",
                    explanation="Once for each frame that is in the array, {right} in all. At a masked timestep the "
                    "state stays as it was.",
                ),
            ),
        ),
        Step(
            id="mask-value",
            title="The value that marks padding",
            focus="input-layer",
            controls=("pad_value", "masking"),
            views=("padding",),
            try_this="Set it up: padding is −10, the mask looks for 0. Then switch Masking off and on again.",
            suggestion=MASKED | {"pad_value": -10.0},
            questions=(
                Choice(
                    id="some-zeros",
                    prompt="`Masking(0.0)` meets a frame of 12 numbers: the first is 0.0, the others are not. What "
                    "becomes of this frame?",
                    options=(
                        Option(
                            "skipped",
                            "It is skipped.",
                            "One number is not enough: a timestep is masked when all of its features equal the value.",
                        ),
                        Option("read", "It is read like any other."),
                        Option(
                            "part",
                            "Its first number is left out, the others are read.",
                            "A mask holds one yes or no for each timestep, not for each number.",
                        ),
                    ),
                    answer=lambda prediction: "read",
                    explanation="All features of a timestep must equal the value. With 12 measured features that "
                    "hardly happens by chance; with a single one it does.",
                ),
                Choice(
                    id="rain",
                    prompt="A single feature, the rain of a day in millimetres, not scaled; padding and mask are 0. "
                    "Which timesteps does the layer skip?",
                    options=(
                        Option(
                            "only-padding",
                            "The padding only.",
                            "The mask does not know where a 0 comes from. Dry days are 0 as well.",
                        ),
                        Option("dry-too", "The padding and all dry days."),
                        Option(
                            "none",
                            "None: with one feature there is no mask.",
                            "With one feature the mask asks that one number, so it strikes most easily.",
                        ),
                    ),
                    answer=lambda prediction: "dry-too",
                    explanation="A dry day looks like padding. Take a value that cannot occur, such as −1, for both "
                    "the padding and the mask.",
                ),
            ),
        ),
        Step(
            id="where-it-goes",
            title="How far a mask goes",
            focus="recurrent-layer-1",
            controls=("layers",),
            views=("comparator",),
            try_this="Set it up and find the finding at Flatten. Then write Masking(0.0); LSTM(8) into the layers.",
            suggestion=MASKED | {"layers": (Masking(0.0), LSTM(8, return_sequences=True), Flatten())},
            questions=(
                Choice(
                    id="flatten",
                    prompt="Masking, then LSTM(8, return_sequences=True), then Flatten, then Dense. Output "
                    "and labels match. What goes wrong all the same?",
                    options=(
                        Option(
                            "lstm",
                            "The LSTM reads the padding.",
                            "The mask reaches the LSTM, which leaves its state alone there. It is lost one layer "
                            "later.",
                        ),
                        Option(
                            "nothing",
                            "Nothing: the mask stays with the data, and the loss leaves padding out.",
                            "A mask belongs to a timesteps axis. Flatten joins that axis with another, and the mask "
                            "ends there.",
                        ),
                        Option(
                            "shapes",
                            "The shapes: sequences keep their own lengths.",
                            "A mask changes no shape. All sequences have the same number of timesteps.",
                        ),
                        Option("dense-sees", "Flatten drops the mask, and Dense weighs the padding as well."),
                    ),
                    answer=lambda prediction: "dense-sees",
                    explanation="Keras warns that Flatten destroys the mask, and goes on. Each timestep then has "
                    "weights of its own in Dense, those that hold padding too.",
                ),
            ),
        ),
        Step(
            id="gpu",
            title="Why a GPU wants padding behind",
            focus="input-layer",
            controls=("padding", "masking"),
            views=("padding",),
            try_this="Choose the side that the fused kernel can take.",
            suggestion=MASKED,
            questions=(
                Choice(
                    id="cudnn",
                    prompt="The fused kernel (cuDNN) is told, for each sequence, how many timesteps it has, and reads "
                    "that many from the first one on. Which padding can it take?",
                    options=(
                        Option(
                            "pre",
                            "padding=“pre”, in front",
                            "Counted from the first timestep, it would read the padding and miss as many frames at "
                            "the end.",
                        ),
                        Option("post", "padding=“post”, behind"),
                        Option(
                            "both",
                            "Either, there is a mask.",
                            "The kernel takes no mask, only a length. A length says nothing about where the frames "
                            "begin.",
                        ),
                    ),
                    answer=lambda prediction: "post",
                    explanation="A single number can describe frames that begin at the first timestep and stop. It "
                    "cannot describe frames that begin later.",
                ),
            ),
        ),
        Step(
            id="many-to-one",
            title="From a sequence to a class",
            focus="head",
            controls=("units", "return_sequences"),
            views=("parameters",),
            try_this="Change the units. Which of the two shapes, that of the layer and that of the head, changes?",
            suggestion=MASKED,
            questions=(
                Shape(
                    id="last-output",
                    prompt="Each batch holds {batch} sequences, of {timesteps_text}; the layers are {layers}. "
                    "What leaves the recurrent layer?",
                    answer=shape_after("recurrent-layer-1"),
                    explanation="With return_sequences=False it is one vector for each sequence: what the "
                    "layer has after the last frame.",
                ),
                Number(
                    id="head-weights",
                    prompt="With {num_classes} classes your head is {head}. How many parameters does it have?",
                    answer=parameters_of("head"),
                    unit="parameters",
                    explanation="For each class one weight for each number that comes in, and one bias: {right}.",
                ),
            ),
        ),
        Step(
            id="labels-and-loss",
            title="The label and its loss",
            focus="labels",
            controls=("labels", "loss"),
            views=("labels", "comparator"),
            try_this="Switch between a class as a number and one-hot, and read both shapes in the comparison.",
            suggestion=MASKED | {"labels": "one-hot"},
            questions=(
                Shape(
                    id="class-labels",
                    prompt="Your labels are of the kind “{labels}”. What is the shape of all training labels?",
                    answer=labels_shape(),
                    explanation="A class as a number takes one entry for each sequence, one-hot a column "
                    "for each of the {num_classes} classes.",
                ),
                Choice(
                    id="far-off",
                    prompt="The truth is speaker 1. One network gives speaker 1 the probability 0.2 and speaker 2 "
                    "all the rest, another gives speaker 1 also 0.2 and speaker 9 all the rest. Which has the larger "
                    "cross-entropy?",
                    options=(
                        Option("same", "They are equal."),
                        Option(
                            "nine",
                            "The second: 9 is further from 1 than 2 is.",
                            "It would be so with mse on the numbers. Speakers have no order; the number is a name.",
                        ),
                        Option(
                            "two",
                            "The first.",
                            "Only the probability of the right class is asked, and it is 0.2 in both.",
                        ),
                    ),
                    answer=lambda prediction: "same",
                    explanation="The cross-entropy of one sample is −ln of the probability that the right class was "
                    "given: −ln 0.2 in both cases.",
                ),
            ),
        ),
        Step(
            id="train",
            title="Train, and see who is taken for whom",
            controls=("epochs", "seed"),
            views=("train", "confusion"),
            try_this="Train, then point at the cells off the diagonal and read their counts. Which mistake is the "
            "commonest?",
            suggestion=MASKED | {"epochs": 30, "learning_rate": 0.005, "batch_size": 32},
            questions=(
                Choice(
                    id="cell",
                    prompt="In the table of confusions the cell in row 3 and column 8 is not empty. What happened?",
                    options=(
                        Option(
                            "eight-for-three",
                            "Speaker 8 was taken for speaker 3.",
                            "That is the cell in row 8 and column 3. Rows are the truth, columns what the network "
                            "says.",
                        ),
                        Option("three-for-eight", "Speaker 3 was taken for speaker 8."),
                        Option(
                            "both",
                            "3 and 8 were mixed up, in either direction.",
                            "Each direction has its own cell, and the two counts can differ widely.",
                        ),
                    ),
                    answer=lambda prediction: "three-for-eight",
                    explanation="Rows are the truth, columns the network's answer; on the diagonal the two agree.",
                ),
            ),
        ),
        Step(
            id="centroid",
            title="What has to be beaten",
            controls=("split", "masking"),
            views=("train", "baselines"),
            try_this="Find “nearest centroid” and, once you have trained, “this network” on the test part.",
            suggestion=MASKED | {"split": Split(0.7, 0.0)},
            questions=(
                Choice(
                    id="order-lost",
                    prompt="Nearest centroid takes the mean of each sequence's frames, and asks which speaker's mean "
                    "is nearest. What can it not use?",
                    options=(
                        Option("order", "The order of the frames."),
                        Option(
                            "features",
                            "Some of the features.",
                            "It uses the mean of every feature, each measured in its own spread.",
                        ),
                        Option(
                            "short",
                            "Short sequences.",
                            "A mean exists for any number of frames; no padding is needed.",
                        ),
                        Option(
                            "labels",
                            "The labels.",
                            "It needs them, for the mean of each speaker.",
                        ),
                    ),
                    answer=lambda prediction: "order",
                    explanation="A mean is the same in any order. What a recurrent network gains beyond it must come "
                    "from more than the mean: from the order, or from how much the frames vary.",
                ),
            ),
        ),
        Step(
            id="code",
            title="The code so far",
            views=("code-so-far",),
            try_this="Find the line that fills up, and the line that masks. Do both name the same value?",
        ),
    ),
    recall_questions=(
        Choice(
            id="recall-mask",
            prompt="A timestep has several features. When does `Masking(0.0)` mask it?",
            options=(
                Option(
                    "any",
                    "When one of its features is 0.",
                    "Then every measured 0 would take a whole timestep away. All features must equal the value.",
                ),
                Option(
                    "length",
                    "When it lies behind the end of the sequence.",
                    "Masking knows no lengths. It only looks at values.",
                ),
                Option("all", "When all of its features are 0."),
            ),
            answer=lambda prediction: "all",
            explanation="Masking compares values, and a timestep counts as padding when all its features equal the "
            "one value. The same value must have been used for the padding.",
        ),
        Choice(
            id="recall-sparse",
            prompt="Class numbers as labels, shape (samples,), and a softmax over all classes. Which loss?",
            options=(
                Option("sparse", "sparse_categorical_crossentropy"),
                Option(
                    "categorical",
                    "categorical_crossentropy",
                    "That one wants one-hot labels, (samples, classes), and raises an error here.",
                ),
                Option(
                    "mse",
                    "mse",
                    "It would take class 4 for twice class 2. A class number is a name, not a quantity.",
                ),
            ),
            answer=lambda prediction: "sparse",
            explanation="“Sparse” because the label is only the number of the right class.",
        ),
        Choice(
            id="recall-flatten",
            prompt="Which of these layers drops a mask?",
            options=(
                Option(
                    "dropout",
                    "Dropout",
                    "Dropout changes no axis, and the mask passes through.",
                ),
                Option(
                    "lstm",
                    "LSTM(8, return_sequences=True)",
                    "It uses the mask and hands it on, since the timesteps are still there.",
                ),
                Option(
                    "td",
                    "TimeDistributed(Dense(1))",
                    "It works timestep by timestep, and the mask passes through.",
                ),
                Option("flatten", "Flatten"),
            ),
            answer=lambda prediction: "flatten",
            explanation="A mask belongs to the timesteps axis. Flatten joins that axis with the features.",
        ),
    ),
    exercises=(
        Exercise(name="complete_the_padding", title="One length for all", kind="faded"),
        Exercise(name="nearest_speaker", title="The forecast that has to be beaten", kind="free"),
        Exercise(name="repair_the_mask", title="Padding that no mask finds", kind="debugging"),
    ),
    sources=(
        "Kudo, Toyama & Shimbo (1999), Multidimensional curve classification using passing-through regions "
        "(the Japanese vowels, UCI Machine Learning Repository, doi 10.24432/C5NS47)",
        "Keras 3 API: keras.layers.Masking; Keras guide: Understanding masking & padding",
        "Keras 3.15.1, keras/src/backend/tensorflow/rnn.py: the mask that cuDNN accepts",
    ),
    summary="Sequences become one array {train_shape} by padding, and a mask of the same value tells the layer which "
    "timesteps are no data. A mask ends where the timesteps end. A class is one vector, a softmax and a "
    "cross-entropy, and its accuracy means something only beside a rule that needs no network.",
)
