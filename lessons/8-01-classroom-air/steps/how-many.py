def problems(temperature, humidity):
    count = 0
    if temperature < 18 or temperature > 26:
        count = count + 1
    if humidity > 70:
        count = count + 1
    return count
print(problems(23, 45), problems(23, 85), problems(31, 85))
