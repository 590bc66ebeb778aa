"""The pages: one file each, a router of FastAPI in each."""
