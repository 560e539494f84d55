"""The display process and the commands around it."""
