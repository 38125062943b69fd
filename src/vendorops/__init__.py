"""The engine with which a company runs everyone who works for it without being employed by it."""
