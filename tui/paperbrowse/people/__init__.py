"""Who is who: spellings of one person's name, and pages that hold the papers of two."""
