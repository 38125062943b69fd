"""The only contact with the world outside the books: clock, limited child processes, banks."""
