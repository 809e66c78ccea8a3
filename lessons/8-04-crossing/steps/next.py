NEXT = {"drive": "slow", "slow": "walk", "walk": "drive"}

state = "drive"
seen = []
while len(seen) < 4:
    seen.append(state)
    state = NEXT[state]

print(" ".join(seen))
