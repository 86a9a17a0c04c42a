"""What editors build pages from. A block is its fields here and its markup in templates/blocks/."""
