"""Drawings of the desk: worked out here as plain numbers, written as SVG by the templates, so they need no script."""
