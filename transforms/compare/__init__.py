"""Where what AES holds and what was shipped differ, said as findings once the law is decided."""
