"""Workers, officers and firms: who they are and what may be kept about them."""
