"""The labour platform: people registered, verified, assessed, ranked for demands, and proposed.

Nobody is proposed before somebody of ours has verified who he is and what he claims. Ranking sees
labels only, never a name, an age or a sex.
"""
