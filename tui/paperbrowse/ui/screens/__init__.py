"""The screens: the browser itself and what opens over it."""
