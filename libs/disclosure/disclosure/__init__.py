"""Which sums and means of groups may be published, so that nothing about a few people can be computed from them."""
