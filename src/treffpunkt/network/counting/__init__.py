"""Counting the posts in what platforms let people export, by the week.

Files are read piece by piece; of each post only its day is kept. Texts are passed over; who wrote is only told apart
while the file is being read, to say how many they are. Nothing of it is stored, not even the file.
"""
