"""Access: organisations, people and roles; who may see and do what. What is not declared is refused."""
