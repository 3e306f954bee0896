"""Briefing kinds: which sections make up a briefing, in which order, and how its title reads.

In: a kind's TOML, a view, templates. Out: a `Document`. `compose.compose` is the door.
"""
