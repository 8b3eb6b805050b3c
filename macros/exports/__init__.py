"""Files for other programs, made from records: text or bytes out, nothing written here."""
