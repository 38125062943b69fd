"""Puts outages into words: what was wrong, where, what to do. Defects stay defects."""

import re

_SAID_BY_SQLITE = {
    "database is locked": "the database is in use by another run; wait for it, then try again",
    "readonly database": "the database may not be written to; give its file and folder back to "
    "the user who runs vendorops",
    "unable to open database": "the database cannot be opened; check VENDOROPS_HOME and that its "
    "folder exists, or run vendorops db upgrade",
    "disk is full": "the disk is full; make room, then run the same command again",
    "file is not a database": "the file at the database's place is not a SQLite database; check "
    "VENDOROPS_DATABASE",
    "malformed": "the database file is damaged; restore the last backup with vendorops db restore",
}

_NO_DATABASE = re.compile(r'database "[^"]*" does not exist')


def sentence(problem: BaseException) -> str | None:
    """Return what to tell a person, or None for a defect that must climb with its traceback."""
    driver = getattr(problem, "orig", None)  # SQLAlchemy, which --help must not wait for.
    if isinstance(driver, Exception):
        said = str(driver)
        for part, told in _SAID_BY_SQLITE.items():
            if part in said:
                return told
        if _NO_DATABASE.search(said):
            return f"{said.splitlines()[0]}; make it, or correct VENDOROPS_DATABASE"
        if type(problem).__name__ == "OperationalError" and "connect" in said:
            return f"the database server does not answer ({said.splitlines()[0]}); start it"
        return None
    if isinstance(problem, OSError) and problem.filename:
        return f"{problem.filename}: {problem.strerror}; put that right, then try again"
    return None
