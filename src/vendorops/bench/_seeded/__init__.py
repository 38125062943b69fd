"""A month as suppliers claim it, whose truth is known by how it was made and never told to us.

`faults` says what goes wrong and how often, `drawing` draws contracts, work and claims, `spoiling`
makes a right line wrong, `resending` sends claims once more, `writing` writes the files, `judging`
compares what was made of them with the truth.
"""
