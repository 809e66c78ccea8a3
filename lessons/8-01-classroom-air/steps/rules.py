def problems(temperature, humidity):
    count = 0
    if temperature < 18 or temperature > 26:
        count = count + 1
    if humidity > 70:
        count = count + 1
    return count
print("fine:", problems(23, 45))
print("warm:", problems(31, 45))
print("cold:", problems(15, 45))
print("damp:", problems(23, 85))
print("warm and damp:", problems(31, 85))
