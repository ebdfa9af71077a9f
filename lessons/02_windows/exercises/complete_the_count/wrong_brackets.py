# earns: horizon-added
def num_windows(num_rows, timesteps, horizon, stride):
    """Return how many windows with their labels fit into num_rows rows."""
    last_start = num_rows - (timesteps - horizon)  # the last row, counted from 0, at which a window may begin
    if last_start < 0:
        return 0
    return last_start // stride + 1


print(num_windows(144, timesteps=12, horizon=1, stride=1))
