"""What the plain and the hybrid CII formats share: names, reading and writing."""
