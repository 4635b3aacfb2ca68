"""What the scenarios share: the gateway process, raw HTTP, backends, API builders. Knows nothing of single tests."""
