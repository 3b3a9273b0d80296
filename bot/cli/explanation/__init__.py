"""`wengong explain`: every term of one rank in lines."""
