"""The register framework: a register is declared once and gets its pages, sheet, print and history."""
