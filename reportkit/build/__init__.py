"""Writing many documents: each on its own, none able to stop the others.

In: jobs (a path and the function that makes the bytes). Out: one result per job, in the order of the jobs.
"""
