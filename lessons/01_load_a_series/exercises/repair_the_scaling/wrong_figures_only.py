# earns: other-figures-returned
def prepare(rows, num_train):
    train = rows[:num_train]
    low, high = train.min(axis=0), train.max(axis=0)
    scaled = (rows - rows.min(axis=0)) / (rows.max(axis=0) - rows.min(axis=0))
    return scaled[:num_train], scaled[num_train:], low, high


def to_units(forecast, low, high, column):
    return forecast * (high[column] - low[column]) + low[column]
