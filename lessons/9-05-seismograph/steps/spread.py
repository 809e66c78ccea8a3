import math

calm = [1.01, 0.99, 1.0, 1.02, 0.98, 1.0, 1.01, 0.99, 1.02, 1.0]
quake = [1.02, 1.35, 0.71, 1.3, 0.64, 1.1, 0.75, 1.33, 0.82, 1.12]


def deviation(values):
    mean = GAP_1
    total = 0
    for value in values:
        total = total + GAP_2
    return GAP_3


print("calm:", round(deviation(calm), 4))
print("quake:", round(deviation(quake), 4))
