"""What every register promises."""
