# earns: one-figure-for-all
def scale(rows, num_train):
    offset = rows[:num_train].mean()
    spread = rows[:num_train].std()
    return (rows - offset) / spread
