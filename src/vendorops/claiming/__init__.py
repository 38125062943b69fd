"""What claims are like: other claims, the work they may have meant, what is disputed of them."""
