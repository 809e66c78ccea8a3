number = 22
text = "22"

print(number + number)
print(text + text)
