"""How the tables came to be, one file a change; run when the results file is opened."""
