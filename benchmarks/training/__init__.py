"""How the model's weights come about.

sets and made documents → examples (lattice, evidence, gold) → likelihood → model → figures
"""
