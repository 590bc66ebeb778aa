"""The desk: a web page where the record is seen, checked and corrected."""
