"""Whose accounts money may go to: how a change is proposed, told, proved and tried out.

Who may do what is checked here and not in the command line, so that every way in is the same one.
One change of a party is under way at a time: a second proposal revokes the first, which begins
everything anew for the second.
"""
