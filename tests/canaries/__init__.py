"""
Canaries: the BSNs, surnames and medical words of the tests, and a search for them where they may never be.

`python -m tests.canaries` runs the whole suite and searches every place where something of a patient could leak, after
each test, before the database is emptied; `python -m tests.canaries tests/journeys` runs a part of it. Bron:
security.md section 4.10 and P1.
"""
