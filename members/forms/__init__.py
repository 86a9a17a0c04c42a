"""The forms of an account: what a member says of herself, and signing in."""
