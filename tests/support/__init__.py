"""What tests share: no test module imports another, and nothing in here is collected."""
