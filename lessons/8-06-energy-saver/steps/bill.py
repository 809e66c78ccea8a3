POWER_KW = 2


def kwh_of(seconds):
    hours = GAP_1
    return GAP_2


print("one hour:", kwh_of(3600))
print("half an hour:", kwh_of(1800))
print(f"nine seconds: {kwh_of(9):.3f}")
