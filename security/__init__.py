"""Figures of the security of the portal, each printed by a command. Nothing here runs in the portal itself."""
