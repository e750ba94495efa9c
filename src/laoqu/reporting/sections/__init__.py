"""The sections of the annual report: each turns rows of the ledger into paragraphs."""
