"""The same rules on the same lines, as users of other libraries would write them."""
