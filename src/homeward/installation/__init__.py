"""What this installation is: real or simulated for ever; its health, backup and restoration."""
