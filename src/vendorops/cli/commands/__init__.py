"""One module a command; `command` is what click runs."""
