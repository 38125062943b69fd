"""What statements as CSV and as workbooks share: from rows of cells to a claim."""
