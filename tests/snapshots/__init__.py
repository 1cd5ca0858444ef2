"""Pictures of the app."""
