times = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
levels = [20.5, 21.4, 24.3, 26.1, 27.6, 30.4, 31.7, 34.2, 35.8, 44.5]

ends = (levels[9] - levels[0]) / (times[9] - times[0])

mean_x = sum(times) / 10
mean_y = sum(levels) / 10
top = 0
bottom = 0
for x, y in zip(times, levels):
    top = top + (x - mean_x) * (y - mean_y)
    bottom = bottom + (x - mean_x) ** 2

print("ends:", round(ends, 2))
print("all:", round(top / bottom, 2))
