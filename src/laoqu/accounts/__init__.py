"""Accounts: who may log in and in which role, one's own password, and the audit trail."""
