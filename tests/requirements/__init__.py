"""Which promises are proved: counted from the tests that name them, and doubted by breaking what carries them."""
