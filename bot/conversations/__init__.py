"""Questions and answers; they know no platform and no SQL."""
