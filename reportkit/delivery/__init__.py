"""Briefings by e-mail: who gets what, the message, drafts, sending, and the journal of what went to whom.

In: a mailing list (`mail.toml`), briefings as blocks and bytes. Out: messages, `.eml` drafts, SMTP, the journal. Knows
no renderer and reads no sources: `reportkit.project` brings HTML, PDF and checks as functions and bytes.
"""
