# earns: spread-of-all-rows
def scale(rows, num_train):
    offset = rows[:num_train].mean(axis=0)
    spread = rows.std(axis=0)
    return (rows - offset) / spread
