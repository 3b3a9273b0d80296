"""What a person may be entitled to: facts about them, rules as data, and verdicts for officers."""
