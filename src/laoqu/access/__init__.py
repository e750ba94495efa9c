"""Who may see and change which rows: appointments, anchors, rules, `rows()` and `may()`."""
