"""Training of Terralogue Nano: packing, stages, export. Needs torch; never imported by the plugin."""
