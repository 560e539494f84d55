"""What is on this TV at this moment; pure."""
