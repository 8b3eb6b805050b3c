"""Makes the pictures of the editors' handbook (docs/so-tay-bien-tap.md) again, from real runs.

`python3 scripts/dev.py pictures` plays the scenes of `scenes` on a copy of the tiny library of the
tests, whose treaties do not exist, draws what the terminal showed (`terminal`) and takes pictures
of the pages (`pages`). A test compares the terminal pictures with a new run.
"""
