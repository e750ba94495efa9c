"""Who may see and change which rows: appointments, the anchors table, the rules table, `rows()` and `may()`."""
