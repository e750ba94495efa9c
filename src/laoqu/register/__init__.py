"""The register framework: declared once, a register gets its pages, sheet, print and history."""
