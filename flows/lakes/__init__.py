"""Where lakes are: in a folder, or in a bucket. This is the one room that knows of the network, and of obstore."""
