times = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
levels = [20.5, 21.4, 24.3, 26.1, 27.6, 30.4, 31.7, 34.2, 35.8, 44.5]


def fit(xs, ys):
    mean_x = sum(xs) / len(xs)
    mean_y = sum(ys) / len(ys)
    top = 0
    bottom = 0
    for x, y in zip(xs, ys):
        top = top + (x - mean_x) * (y - mean_y)
        bottom = bottom + (x - mean_x) ** 2
    slope = top / bottom
    start = mean_y - slope * mean_x
    return slope, start


slope, start = fit(times, levels)
residuals = []
for x, y in zip(times, levels):
    residuals.append(y - (start + slope * x))

residual = sum(residuals) / len(residuals)
plusminus = residual / slope
print("slope:", round(slope, 2))
print("residual:", round(residual, 2))
print("plusminus:", round(plusminus, 2))
