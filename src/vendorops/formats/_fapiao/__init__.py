"""What Chinese invoices share, whichever file they come in: their checks have no other owner."""
