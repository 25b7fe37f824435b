"""The screens as a person uses them: one object per screen, in the words of the app."""
