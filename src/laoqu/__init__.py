"""老区: the working ledger of an old-area promotion association."""
