"""Files that modules have made, and reading and writing them."""
