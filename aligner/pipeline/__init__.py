"""From two texts to a bitext: the one place where the rooms are joined."""
