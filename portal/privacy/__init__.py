"""What is held on a person: the inventory of every model, the member's copy of it, and its erasure."""
