"""The same coder over many documents: on the processes of one machine."""
