"""What all commands share: the frame with its error messages, and click in Vietnamese."""
