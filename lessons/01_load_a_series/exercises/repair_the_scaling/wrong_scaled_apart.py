# earns: parts-apart
def minmax(rows):
    return (rows - rows.min(axis=0)) / (rows.max(axis=0) - rows.min(axis=0))


def prepare(rows, num_train):
    train, test = rows[:num_train], rows[num_train:]
    return minmax(train), minmax(test), train.min(axis=0), train.max(axis=0)


def to_units(forecast, low, high, column):
    return forecast * (high[column] - low[column]) + low[column]
