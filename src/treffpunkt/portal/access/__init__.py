"""What those who lead a group are asked, and told, about the access to it."""
