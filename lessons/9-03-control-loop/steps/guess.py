room = 22.0
heater = False
clicks = 0
coldest = 99
warmest = 0

for minute in range(240):
    was = heater
    heater = room < 26
    if heater != was:
        clicks = clicks + 1
    if heater:
        room = room + 0.8
    room = room - 0.02 * (room - 6)
    if minute > 60:
        coldest = min(coldest, room)
        warmest = max(warmest, room)

print("clicks:", clicks)
print("coldest:", round(coldest, 1))
print("warmest:", round(warmest, 1))
