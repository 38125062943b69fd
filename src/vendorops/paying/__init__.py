"""What settling, paying and releasing all ask: the day money goes, its tax, papers needed."""
