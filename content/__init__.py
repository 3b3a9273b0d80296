"""What the bureau knows: places, trades, minimum wages, posting law and every text shown.

All of it is data below `content/data/`, read and checked once at start by
`content.reader.read_catalogue`. A bureau replaces files, or single texts, through an overlay
folder that mirrors the same relative names. Nothing here knows a database or a platform.
"""
