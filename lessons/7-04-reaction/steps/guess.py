import time

start = time.ticks_ms()
time.sleep(0.3)
time.sleep(0.2)
print("passed:", time.ticks_diff(time.ticks_ms(), start))
