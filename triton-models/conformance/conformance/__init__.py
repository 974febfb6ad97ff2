"""The same requests to two Triton-protocol servers, and what differs between their answers."""
