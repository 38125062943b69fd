"""How the tables came to be: one file per change, run by `vendorops db upgrade`."""
