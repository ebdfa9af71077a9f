# earns: scaler-saw-test
def scale(rows, num_train):
    offset = rows.mean(axis=0)
    spread = rows.std(axis=0)
    return (rows - offset) / spread
