"""The Textual app: one main screen, a widget a pane, small modal screens, one command registry."""
