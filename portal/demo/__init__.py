"""A believable region to look at: invented projects, people and companies in real municipalities, marked as demo.

The words lie in `content/` as TOML. `seed_demo` brings them in by the verbs of each noun; large numbers for benchmarks
come from `bulk`, which puts sentences together from a vocabulary and copies rows in sets.
"""

#: `source` of everything that was seeded; with the key it says what is there already.
SOURCE = "demo"
