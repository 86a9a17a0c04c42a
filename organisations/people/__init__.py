"""People: a member is shown with organisations and a picture, which stand above `members`."""
