"""The bureau's register: read from sheets, confirmed by officers, told from what people say."""
