"""What of sourcing several stages and commands share."""
