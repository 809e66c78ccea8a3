US_1, LEVEL_1 = 2900, 10
US_2, LEVEL_2 = 1160, 40


def level_of(us):
    slope = (GAP_1) / (GAP_2)
    return LEVEL_1 + slope * (GAP_3)


print("first point:", level_of(2900))
print("second point:", level_of(1160))
print("between:", level_of(2030))
print("beyond:", level_of(580))
