"""The database of the tests: made, emptied and dropped by its owner, used as the role that the portal runs as."""
