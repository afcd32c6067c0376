"""From answers in the panel to reports and print layouts."""
