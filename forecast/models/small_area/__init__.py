"""Small areas: an outlook that borrows strength from the areas a place is part of."""
