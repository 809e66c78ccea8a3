import time

wish = 26
room = 14.0

for minute in range(120):
    power = 20 * (wish - room)
    power = max(0, min(100, power))
    room = room + 0.8 * power / 100
    room = room - 0.02 * (room - 6)
    print("room:", round(room, 2))
    time.sleep_ms(20)
