"""The command line: `wengong`."""
