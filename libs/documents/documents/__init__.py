"""Papers that an agency files: what they say (`papers`), as PDF (`pdf`) and as a spreadsheet (`sheets`)."""
