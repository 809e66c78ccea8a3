noise = [30, 80, 10]
noise.append(40)
print("how many:", len(noise))
print("loudest:", max(noise))
print("noise[1]:", noise[1])
