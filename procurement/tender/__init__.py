"""What an officer writes into a tender and a contract for some goods, and who could supply them."""
