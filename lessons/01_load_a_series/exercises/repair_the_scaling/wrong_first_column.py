# earns: other-column
def prepare(rows, num_train):
    low, high = rows[:num_train].min(axis=0), rows[:num_train].max(axis=0)
    scaled = (rows - low) / (high - low)
    return scaled[:num_train], scaled[num_train:], low, high


def to_units(forecast, low, high, column):
    return forecast * (high[0] - low[0]) + low[0]
