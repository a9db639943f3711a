"""The model: trained weights, and what is learnt from the text at hand."""
