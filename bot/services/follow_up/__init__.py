"""After an application: work, check-ins, losses."""
