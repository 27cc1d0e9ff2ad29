"""What is made of the lines of each kind of sheet, through the verbs of the rooms below, and how it is taken back."""
