"""Which stage a function belongs to, by its name: where a program has to change when that call is refused."""

from __future__ import annotations

STAGES: dict[str, tuple[str, ...]] = {
    "raw-data": (
        "read_csv", "read_excel", "read_parquet", "read_json", "loadtxt", "genfromtxt", "DataFrame", "Series",
        "to_datetime", "to_numeric", "set_index", "sort_values", "resample", "asfreq", "fillna", "dropna",
        "drop", "interpolate", "astype", "to_numpy", "diff", "get_dummies", "load_data", "Tokenizer",
        "texts_to_sequences", "TextVectorization", "adapt", "merge", "groupby", "date_range", "get_file",
        "StringLookup", "IntegerLookup", "fit_on_texts",
    ),
    "scaling": (
        "MinMaxScaler", "StandardScaler", "RobustScaler", "MaxAbsScaler", "Normalizer", "PowerTransformer",
        "fit_transform", "transform", "Normalization", "Rescaling", "normalize",
    ),
    "windowing": (
        "reshape", "stack", "vstack", "hstack", "dstack", "concatenate", "append", "array", "asarray", "split",
        "array_split", "swapaxes", "transpose", "moveaxis", "expand_dims", "squeeze", "sliding_window_view",
        "as_strided", "timeseries_dataset_from_array", "TimeseriesGenerator", "window", "flat_map",
        "pad_sequences", "zeros", "empty", "ones", "full", "roll", "arange", "range", "resize", "repeat",
        "tile", "pad", "convert_to_tensor", "constant",
    ),
    "labels": (
        "to_categorical", "LabelEncoder", "LabelBinarizer", "OneHotEncoder", "one_hot", "searchsorted", "cut",
        "qcut",
    ),
    "batching": (
        "fit", "train_on_batch", "fit_generator", "batch", "padded_batch", "shuffle", "prefetch",
        "from_tensor_slices", "from_generator", "zip", "train_test_split", "TimeSeriesSplit", "KFold",
        "EarlyStopping", "ReduceLROnPlateau", "LearningRateScheduler", "TensorBoard", "PyDataset", "Sequence",
        "TensorSpec", "take", "skip", "cache",
    ),
    "input-layer": (
        "Input", "InputLayer", "Embedding", "build", "summary", "count_params", "InputSpec",
    ),
    "recurrent-layer": (
        "LSTM", "GRU", "SimpleRNN", "RNN", "Bidirectional", "LSTMCell", "GRUCell", "SimpleRNNCell",
        "StackedRNNCells", "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D", "CuDNNLSTM", "CuDNNGRU",
    ),
    "between-layers": (
        "Flatten", "Reshape", "Permute", "RepeatVector", "TimeDistributed", "Concatenate", "Add", "Multiply",
        "Dot", "Subtract", "Average", "Maximum", "Lambda", "Attention", "AdditiveAttention",
        "MultiHeadAttention", "Conv1D", "Conv2D", "MaxPooling1D", "AveragePooling1D", "GlobalAveragePooling1D",
        "GlobalMaxPooling1D", "Dropout", "BatchNormalization", "LayerNormalization", "Masking", "Activation",
        "Cropping1D", "ZeroPadding1D", "UpSampling1D", "SpatialDropout1D", "add", "Model", "Sequential",
        "matmul", "einsum", "softmax", "multiply", "dot", "Softmax",
    ),
    "head": (
        "Dense",
    ),
    "loss": (
        "compile", "gradient", "apply_gradients", "minimize", "GradientTape", "Adam", "SGD", "RMSprop", "Nadam",
        "AdamW", "MeanSquaredError", "CategoricalCrossentropy", "SparseCategoricalCrossentropy",
        "BinaryCrossentropy", "Huber", "compute_loss", "update_state", "add_loss",
    ),
    "state": (
        "reset_state", "reset_states", "get_initial_state", "initial_state",
    ),
    "prediction": (
        "predict", "predict_on_batch", "predict_classes", "predict_proba", "predict_generator", "evaluate",
        "inverse_transform", "plot", "mean_squared_error", "mean_absolute_error", "accuracy_score",
        "confusion_matrix", "classification_report", "r2_score", "argmax", "f1_score", "allclose",
    ),
    "saving": (
        "save", "load_model", "save_weights", "load_weights", "set_weights", "get_weights", "get_config",
        "from_config", "to_json", "model_from_json", "save_model", "export", "ModelCheckpoint", "dump", "load",
        "clone_model", "BackupAndRestore", "TFSMLayer",
    ),
}  # fmt: skip
STAGE_OF: dict[str, str] = {name: stage for stage, names in STAGES.items() for name in names}


def stage_of_calls(names: list[str]) -> str:
    """Give the stage of the outermost call that belongs to one; empty where none does.

    Args:
        names: functions called in one statement, the outermost first.

    >>> stage_of_calls(["print", "inverse_transform", "reshape"])
    'prediction'
    """
    return next((STAGE_OF[name] for name in names if name in STAGE_OF), "")
