"""What must exist before anything else can run: private environment, database server, browser. Standard library only."""
