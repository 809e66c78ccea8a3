count = 0

for soil in [45000, 30000, 46000, 44000]:
    if soil > 42000:
        count = count + 1
    else:
        count = 0
    print("count:", count)
